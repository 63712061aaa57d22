"""The page for authors: every option of code is on it, and its example works as printed."""

import re
from pathlib import Path
from typing import get_args

import pytest

from rubrics.answers import RawAnswer, parse_answer
from rubrics.answers.code.spec import CodeSpec
from rubrics.check_base import Check
from rubrics.code_check_specs import CodeCheckSpec, Construct
from rubrics.job import Limits
from rubrics.judge import Judge
from rubrics.loader import load
from rubrics.reference import Case, Draw

PAGE = (Path(__file__).parents[3] / "docs" / "writing-assignments.md").read_text()
SECTION = PAGE.partition("## Code questions")[2].partition("\n## ")[0]
SPECS: tuple[type[Check], ...] = get_args(CodeCheckSpec)
FIELDS = {name for spec in (CodeSpec, Limits, *SPECS) for name in spec.model_fields} - {"kind"}


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_option_is_documented(name: str) -> None:
    assert re.search(rf"`{name}\b", SECTION)


@pytest.mark.parametrize(
    "name", [get_args(spec.model_fields["kind"].annotation)[0] for spec in SPECS]
)
def test_every_kind_of_check_has_its_row_with_its_evidence(name: str) -> None:
    row = next(line for line in SECTION.splitlines() if line.startswith(f"| `{name}` |"))
    spec = next(one for one in SPECS if one.model_fields["kind"].annotation.__args__[0] == name)  # type: ignore[union-attr]
    required = {"id": "i", "title": "t", "kind": name, "call": "f", "cases": "c", "error": "E"}
    required |= {"metric": "m", "at_least": 1, "against": "a.py", "times": 2, "limit_mb": 1}
    made = spec.model_validate({k: v for k, v in required.items() if k in spec.model_fields})
    assert f"| {made.evidence} |" in row


@pytest.mark.parametrize("name", get_args(Construct))
def test_every_construct_is_named(name: str) -> None:
    assert f"`{name}`" in SECTION


@pytest.mark.parametrize(
    "name", [name for one in (Case, Draw) for name in vars(one) if not name.startswith("_")]
)
def test_what_authors_may_call_is_named(name: str) -> None:
    fields = {"args", "kwargs", "title", "made", "after", "asked", "targets", "program"}
    assert name in fields | {"generator"} or re.search(rf"`\.?{name}\(", SECTION)


def test_the_example_works_as_printed(tmp_path: Path) -> None:
    blocks = re.findall(r"```(yaml|python)\n(.*?)```", SECTION, re.DOTALL)
    (_, yaml), (_, python) = blocks[:2]
    folder = tmp_path / "course" / "name"
    folder.mkdir(parents=True)
    (folder / "assignment.yaml").write_text(f"key: course/name\ntitle: T\n{yaml}")
    (folder / "reference.py").write_text(python)
    question = load(folder).questions[0]
    source = "import torch\ndef softmax(x):\n    return x.softmax(-1)\n"
    parsed = parse_answer(question, RawAnswer(kind="code", text=source))
    jobs = Judge(folder).plan({question.id: parsed}, seed=3)
    probe = 1  # one more case, in which wrong gradients are looked up
    assert len(jobs["softmax"].calls) == 2 * 22 + probe
    assert all(one.tensor.data for one in jobs["softmax"].inputs.values())
