"""The page for authors has every field of every model; its first assignment works as printed."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from rubrics.answers import job_for
from rubrics.check_base import Check
from rubrics.code_check_specs import CodeCheckSpec
from rubrics.judge import Judge
from rubrics.loader import load
from rubrics.samples import differences, load_samples, read_sample
from rubrics.schema import AssignmentFile, json_schema
from tests.unit.rubrics.conftest import read_formula

PAGE = (Path(__file__).parents[3] / "docs" / "writing-assignments.md").read_text()
MODELS = json.loads(json_schema())["$defs"] | {"AssignmentFile": AssignmentFile.model_json_schema()}
ELSEWHERE = {"CodeSpec", "Limits", *(spec.__name__ for spec in get_args(CodeCheckSpec))}
"""In tables of their own shape, which another test looks at."""

COMMON = set(Check.model_fields) | {"kind"}
START = PAGE.partition("## From nothing")[2].partition("\n## ")[0]


def tables() -> dict[str, set[str]]:
    """Names of models, and the fields in the first column of the table below their marker."""
    found: dict[str, set[str]] = {}
    for marker, table in re.findall(r"<!-- ([\w ]+) -->\n((?:\|.*\n)*)", PAGE):
        cells = [row.split("|")[1] for row in table.splitlines()[2:]]
        for name in marker.split():
            found[name] = set(re.findall(r"`(\w+)`", " ".join(cells)))
    return found


@pytest.mark.parametrize("name", sorted(set(MODELS) - ELSEWHERE))
def test_every_field_has_its_row(name: str) -> None:
    fields = set(MODELS[name]["properties"])
    if name.endswith("Check"):
        fields -= COMMON
    documented = tables()[name]
    if name.endswith("Parameter"):  # the three kinds share a table
        assert fields <= documented
    else:
        assert fields == documented


def test_what_all_checks_share_is_said_once() -> None:
    assert tables()["Check"] == COMMON


def test_every_table_is_of_a_model_that_is_there() -> None:
    assert set(tables()) - {"Check"} <= set(MODELS)


def test_the_first_assignment_works_as_printed(tmp_path: Path) -> None:
    blocks = re.findall(r"`my-course/derivative/([\w/.]+)`[^`]*```\w+\n(.*?)```", START, re.DOTALL)
    assert [name for name, _ in blocks] == [
        "assignment.yaml",
        "reference.py",
        "samples/right.yaml",
        "samples/wrong.yaml",
    ]
    folder = tmp_path / "my-course" / "derivative"
    for name, content in blocks:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    assignment, judge = load(folder), Judge(folder)
    for sample in load_samples(assignment):
        parsed = read_sample(assignment, sample).parsed
        jobs = {name: job_for(assignment.question(name), one) for name, one in parsed.items()}
        runs = {name: read_formula(job) for name, job in jobs.items() if job is not None}
        assert not differences(sample, judge.judge(parsed, runs, seed=1))
