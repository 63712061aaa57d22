"""Assignments of code made on the spot, graded by the real sandbox and the real judge."""

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rubrics.answers import RawAnswer, parse_answer
from rubrics.grade import CheckGrade
from rubrics.loader import load
from workers.engine import Engine
from workers.pipeline import grade

ANSWER = "{kind: code, limits: {wall_s: 30, cpu_s: 30, call_s: 20}}"
# For code that uses its time up; what ends by itself may take longer on a busy machine.
ENDLESS = "{kind: code, limits: {wall_s: 4, cpu_s: 4, call_s: 1}}"
HEAD = "import torch\nfrom rubrics.reference import case, program\n"

Checked = dict[str, CheckGrade]
GradeCode = Callable[..., Checked]


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    running = Engine.start(slots=2)
    yield running
    running.close()


@pytest.fixture
def grade_code(engine: Engine, tmp_path: Path) -> GradeCode:
    """Grade `source` (or `files`) by checks given as lines of YAML; grades by the checks' ids."""

    def run(
        source: str,
        checks: str,
        reference: str,
        *,
        answer: str = ANSWER,
        files: dict[str, bytes] | None = None,
        others: dict[str, str] | None = None,
        seed: int = 7,
    ) -> Checked:
        folder = tmp_path / "course" / "made"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "reference.py").write_text(HEAD + textwrap.dedent(reference))
        for name, content in (others or {}).items():
            (folder / name).write_text(textwrap.dedent(content))
        listed = textwrap.indent(textwrap.dedent(checks).strip(), "      ")
        (folder / "assignment.yaml").write_text(
            "key: course/made\ntitle: Made\nquestions:\n"
            "  - id: q\n    title: Q\n    points: 10\n    statement: S\n"
            f"    answers: [{answer}]\n    checks:\n{listed}\n"
        )
        loaded = load(folder)
        text = "" if files else textwrap.dedent(source)
        raw = RawAnswer(kind="code", files=files or {}, text=text)
        parsed = parse_answer(loaded.questions[0], raw)
        graded = grade(loaded, folder, {"q": parsed}, seed, engine)
        return {check.id: check for check in graded.questions[0].checks}

    return run
