"""What the sandbox made of a student's text: a formula, or the reason why there is none."""

import json
from dataclasses import dataclass

from rubrics.answers.expression.formula import Unreadable, read
from rubrics.answers.expression.job import FAULT, NODES
from rubrics.answers.expression.nodes import BadNodes, Formula, formula
from rubrics.answers.expression.spec import ExpressionSpec
from rubrics.job import PlainValue, Run
from rubrics.outcome import Outcome
from rubrics.reference.gradient import AuthorError

LONGEST = 400


@dataclass(frozen=True)
class Read:
    """A student's formula."""

    formula: Formula


@dataclass(frozen=True)
class Trouble:
    """Why there is nothing to compare."""

    outcome: Outcome
    feedback: str


def known(spec: ExpressionSpec, text: str) -> Formula:
    """The author's formula. Raises AuthorError if it cannot be read."""
    try:
        return formula(read(text, spec.spellings), _names(spec))
    except (Unreadable, BadNodes) as fault:
        raise AuthorError(f"the formula `{text[:60]}` cannot be read: {fault}") from None


def read_run(spec: ExpressionSpec, run: Run | None) -> Read | Trouble:
    """The nodes that our parser left behind in the sandbox, each checked anew."""
    if run is None or run.ended is not None:
        # The script is ours and the text is data: if it did not end, the fault is not theirs.
        return Trouble(Outcome.SERVICE_ERROR, "Your formula was not read: this is our fault.")
    fault, nodes = _plain(run, FAULT), _plain(run, NODES)
    if isinstance(fault, str) and fault:
        return Trouble(Outcome.MALFORMED, f"Your formula cannot be read. {fault[:LONGEST]}")
    try:
        return Read(formula(nodes, _names(spec)))
    except BadNodes:
        return Trouble(Outcome.SERVICE_ERROR, "Your formula was not read: this is our fault.")


def _plain(run: Run, name: str) -> object:
    value = run.values.get(name)
    return json.loads(value.json_text) if isinstance(value, PlainValue) else None


def _names(spec: ExpressionSpec) -> frozenset[str]:
    return frozenset(symbol.name for symbol in spec.symbols)
