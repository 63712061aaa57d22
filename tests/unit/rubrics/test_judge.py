"""The judge: every question gets a grade, and a failure says whose fault it is."""

import pytest
import torch
from pydantic import TypeAdapter

from rubrics.answers import ParsedAnswer, RawAnswer, parse_answer
from rubrics.check_specs import CheckSpec
from rubrics.checks.table import CHECKS
from rubrics.grade import QuestionGrade
from rubrics.job import Run, RunError
from rubrics.judge import Judge
from rubrics.loader import load
from rubrics.outcome import Outcome
from rubrics.schema import Assignment
from tests.unit.rubrics.conftest import Write, grade

CODE = "[{kind: code, collect: x.grad}]"
SCRIPT = RawAnswer(kind="code", text="pass")
STUDENT = "[0.4722, 0.0000, 0.9642, 135.0000]"


def numbers(paper: Assignment, text: str) -> dict[str, ParsedAnswer]:
    return {"q1": parse_answer(paper.question("q1"), RawAnswer(kind="tensor", text=text))}


def test_every_question_is_graded_in_order(paper: Assignment, paper_judge: Judge) -> None:
    grades = paper_judge.judge(numbers(paper, STUDENT), {}, seed=1)
    assert [one.id for one in grades] == ["q1", "q2a", "q2b"]
    assert [one.outcome for one in grades[1:]] == [Outcome.WRONG, Outcome.WRONG]
    assert grades[1].feedback == "No answer was given."


def test_the_real_answers(paper: Assignment, paper_judge: Judge) -> None:
    found = paper_judge.judge(numbers(paper, STUDENT), {}, seed=1)[0]
    assert (found.score, found.max_score, found.outcome) == (0, 4, Outcome.WRONG)
    (diagnosis,) = found.checks[0].diagnoses
    assert diagnosis.kind == "dropped_path"
    assert diagnosis.where == "the exponent `4*x`"
    assert diagnosis.text == (
        "You treated the exponent `4*x` as a constant: the path through it was dropped."
    )


def test_a_right_answer_is_not_explained(paper: Assignment, paper_judge: Judge) -> None:
    answers = numbers(paper, "[0.9673, 1.6824, 2.0190, 579.9380]")
    found = paper_judge.judge(answers, {}, seed=1)[0]
    assert (found.score, found.outcome) == (4, Outcome.CORRECT)
    assert found.checks[0].diagnoses == ()


def test_a_person_is_waited_for(paper: Assignment, paper_judge: Judge) -> None:
    raw = RawAnswer(kind="text", text="Because the slopes are small.")
    answers = {"q2b": parse_answer(paper.question("q2b"), raw)}
    found = paper_judge.judge(answers, {}, seed=1)[2]
    assert (found.score, found.outcome) == (None, Outcome.NEEDS_REVIEW)
    assert found.checks[0].evidence == "person"


@pytest.mark.parametrize(
    ("run", "outcome", "score", "message"),
    [
        (
            Run(
                ended=Outcome.CRASHED,
                error=RunError(type="NameError", message="name 'z' is not\ndefined", line=7),
            ),
            Outcome.CRASHED,
            0.0,
            "Your script stopped in line 7 with NameError: name 'z' is not defined",
        ),
        (
            Run(
                ended=Outcome.MALFORMED,
                explanation="Python cannot read the file: '(' was never closed in line 5.",
                error=RunError(type="SyntaxError", message="'(' was never closed", line=5),
            ),
            Outcome.MALFORMED,
            0.0,
            "Python cannot read the file: '(' was never closed in line 5.",
        ),
        (
            Run(ended=Outcome.TIMED_OUT, explanation="It ran longer than 5 s, the limit."),
            Outcome.TIMED_OUT,
            0.0,
            "It ran longer than 5 s, the limit.",
        ),
        (
            Run(ended=Outcome.CRASHED, error=RunError(type="E", message="x" * 2000)),
            Outcome.CRASHED,
            0.0,
            "Your script stopped with E: " + "x" * 300 + "…",
        ),
        (Run(ended=Outcome.OUT_OF_MEMORY), Outcome.OUT_OF_MEMORY, 0.0, "did not run to its end"),
        (Run(ended=Outcome.SERVICE_ERROR), Outcome.SERVICE_ERROR, None, "did not run to its end"),
        (None, Outcome.SERVICE_ERROR, None, "this is our fault"),
    ],
)
def test_how_a_run_ended(
    write: Write, run: Run | None, outcome: Outcome, score: float | None, message: str
) -> None:
    found = grade(write(answers=CODE), SCRIPT, run)
    assert (found.outcome, found.score) == (outcome, score)
    assert message in found.feedback


@pytest.mark.parametrize(
    "reference",
    [
        "def ref():\n    raise ValueError('the answer is 42')\n",
        "def ref():\n    import sys\n    sys.exit('42')\n",
        "import random\n\ndef ref():\n    draw = random.SystemRandom().random\n"
        "    return torch.tensor([1e6 * draw(), 1e6 * draw()])\n",
        "def ref():\n    return torch.ones(0)\n",
        "def ref():\n    return torch.tensor([1.0, float('nan')])\n",
        "def ref():\n    return torch.ones(3)\n",
        "def ref():\n    return 'text'\n",
        "def ref():\n    return torch.ones(2).to_sparse()\n",
        "def ref():\n    return torch.ones(2, dtype=torch.complex64)\n",
        "def ref():\n    return Gradient(of=lambda x: x, at={'x': torch.ones(2)}, wrt='x')\n",
        "def ref():\n    return Gradient(of=lambda x: x.sum(), at={'x': torch.ones(2)}, wrt='z')\n",
        "def ref():\n    return Gradient(lambda x: torch.ones(()), {'x': torch.ones(2)}, 'x')\n",
        "1 / 0\ndef ref():\n    return 1\n",
        "import no_such_module\ndef ref():\n    return 1\n",
    ],
)
def test_an_authors_fault_is_no_zero(write: Write, reference: str) -> None:
    found = grade(write(reference=reference), RawAnswer(kind="tensor", text="1 2"))
    assert (found.outcome, found.score) == (Outcome.RUBRIC_ERROR, None)
    assert "our fault" in found.feedback
    assert "42" not in found.feedback


def test_an_authors_fault_names_its_line(write: Write) -> None:
    folder = write(reference="def ref():\n    raise ValueError\n")
    found = grade(folder, RawAnswer(kind="tensor", text="1 2"))
    assert "(line 6 of the reference)" in found.feedback


def test_an_authors_fault_costs_its_own_question_only(write: Write) -> None:
    folder = write(reference="def ref():\n    return torch.ones(2)\ndef bad():\n    return 1 / 0\n")
    file = folder / "assignment.yaml"
    first = file.read_text().split("questions:\n")[1]
    second = first.replace("id: q\n", "id: r\n").replace("reference: ref", "reference: bad")
    file.write_text(file.read_text() + second)
    raw = RawAnswer(kind="tensor", text="1 1")
    answers = {one.id: parse_answer(one, raw) for one in load(folder).questions}
    judge = Judge(folder)
    judge.warm()
    grades: tuple[QuestionGrade, ...] = judge.judge(answers, {}, seed=1)
    assert [one.outcome for one in grades] == [Outcome.CORRECT, Outcome.RUBRIC_ERROR]


def test_a_fault_of_the_judge_is_told_apart(write: Write) -> None:
    folder = write()
    answer = ParsedAnswer(kind="tensor", data={"numbers": ["1"]})
    found = Judge(folder).judge({"q": answer}, {}, seed=1)[0]
    assert (found.outcome, found.score) == (Outcome.SERVICE_ERROR, None)


def test_checks_share_the_points_by_weight(write: Write) -> None:
    checks = (
        "[{id: a, kind: values, title: A, reference: ref, weight: 3},"
        " {id: b, kind: values, title: B, reference: other}]"
    )
    reference = "def ref():\n    return torch.ones(2)\ndef other():\n    return torch.zeros(2)\n"
    folder = write(checks=checks, reference=reference, points=4)
    found = grade(folder, RawAnswer(kind="tensor", text="1 0"))
    assert [check.score for check in found.checks] == [1.5, 0.5]
    assert (found.score, found.outcome) == (2, Outcome.PARTIAL)


def test_judging_is_a_look_up(
    paper: Assignment, paper_judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = numbers(paper, STUDENT)
    before = paper_judge.judge(answers, {}, seed=1)
    assert before[0].checks[0].diagnoses
    monkeypatch.setattr(torch.autograd, "grad", None)
    assert paper_judge.judge(answers, {}, seed=1) == before
    assert Judge(paper.folder).judge(answers, {}, seed=1) != before, "one that is not warm needs it"


def test_the_folder_is_left_as_it_was(paper: Assignment, paper_judge: Judge) -> None:
    paper_judge.warm()
    assert not (paper.folder / "__pycache__").exists()


def test_versions_name_what_a_grade_depends_on() -> None:
    assert set(Judge.versions()) == {"torch", "python", "xgrad"}


def test_every_kind_of_check_is_in_the_table() -> None:
    mapping = TypeAdapter(CheckSpec).json_schema()["discriminator"]["mapping"]
    assert set(mapping) == set(CHECKS)
