"""An assignment with every kind of parameter, made on the spot."""

import copy
from typing import Any

import pytest

from rubrics.schema import AssignmentFile

DOCUMENT: dict[str, Any] = {
    "key": "course/drawn",
    "title": "Drawn",
    "statement": "Everybody has an $n$ of their own: $n = {{n}}$ ({{who}}).",
    "parameters": {
        "n": {"kind": "int", "low": 2, "high": 6, "exclude": [4]},
        "who": {"kind": "choice", "options": ["tanh", "a_b"]},
    },
    "questions": [
        {
            "id": "q",
            "title": "Q",
            "points": 2,
            "statement": "`x = {{x}}`, so $x = {{x}}$, $x_1 = {{x[0]}}$ and $A = {{A}}$, {{n}}.",
            "parameters": {
                "x": {
                    "kind": "float",
                    "low": -1,
                    "high": 1,
                    "step": 0.1,
                    "size": [3],
                    "distinct": True,
                    "exclude": [0],
                },
                "A": {"kind": "int", "low": 0, "high": 9, "size": [2, 2]},
            },
            "constraints": ["x[0] < x[1]"],
            "answers": [{"kind": "number", "decimals": 2}],
            "checks": [{"id": "v", "kind": "values", "title": "V", "reference": "ref"}],
        }
    ],
}


@pytest.fixture
def document() -> dict[str, Any]:
    """To be changed freely."""
    return copy.deepcopy(DOCUMENT)


@pytest.fixture
def assignment(document: dict[str, Any]) -> AssignmentFile:
    return AssignmentFile.model_validate(document)
