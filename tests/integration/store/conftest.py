"""Handing in, and grades as a worker would send them."""

import pytest

from grader.services import grading, intake, materialise
from grader.services.intake import Intake
from grader.store.queries import submissions
from rubrics.answers import RawAnswer
from rubrics.grade import CheckGrade, Diagnosis, QuestionGrade, SandboxUse
from rubrics.outcome import Outcome
from rubrics.score import assemble

ANSWERS = {
    "q1": RawAnswer(kind="tensor", text="[0.4722, 0.0000, 0.9642, 135.0000]"),
    "q2b": RawAnswer(kind="text", text="Sigmoids saturate."),
}


@pytest.fixture
def hand_in(ctx, classroom):
    """Hand something in for the course's student; returns the receipt."""

    def submit(**changes):
        given = {
            "person_id": classroom.student_id,
            "assignment_id": classroom.assignment_id,
            "answers": ANSWERS,
        }
        return intake.submit(ctx, Intake(**(given | changes)))

    return submit


@pytest.fixture
def judged(ctx):
    """A grade as a worker assembles it for a claimed grading: q1 as said, q2a, q2b as a judge."""

    def make(work, q1=0.0, q1_outcome=Outcome.WRONG, layers=("seccomp",)):
        assignment = materialise.assignment(ctx, work.digest)
        questions = [
            _question(one, work, q1, q1_outcome) if one.id == "q1" else _person(one, work)
            for one in assignment.questions
        ]
        use = SandboxUse(layers=layers, wall_ms=2.0)
        return assemble(assignment, work.student, work.attempt, questions, use, {"torch": "2.13.0"})

    return make


@pytest.fixture
def graded(ctx, judged):
    """Claim and record the grading of a receipt; returns the submission's view."""

    def grade(receipt, **how):
        work = grading.claim(ctx, receipt.grading_id)
        assert grading.record(ctx, receipt.grading_id, judged(work, **how), {"run": 2.5})
        return view_of(ctx, receipt.submission_id)

    return grade


@pytest.fixture
def view(ctx):
    """The view of a submission, by id."""
    return lambda submission_id: view_of(ctx, submission_id)


def view_of(ctx, submission_id):
    with ctx.store.read() as session:
        return submissions.view(session, submission_id)


def _question(question, work, score, outcome):
    diagnosis = Diagnosis(kind="dropped_path", where="4*x", text="The exponent was held constant.")
    ours = outcome in (Outcome.SERVICE_ERROR, Outcome.RUBRIC_ERROR)
    check = CheckGrade(
        id="gradient",
        title="The four components",
        outcome=outcome,
        evidence="values",
        score=None if ours else score,
        max_score=4.0,
        diagnoses=(diagnosis,) if outcome == Outcome.WRONG else (),
    )
    return _whole(question, check)


def _person(question, work):
    answered = question.id in work.answers
    check = CheckGrade(
        id=question.checks[0].id,
        title=question.checks[0].title,
        outcome=Outcome.NEEDS_REVIEW if answered else Outcome.WRONG,
        evidence="person",
        score=None if answered else 0.0,
        max_score=question.points,
    )
    return _whole(question, check)


def _whole(question, check):
    return QuestionGrade(
        id=question.id,
        score=check.score,
        max_score=question.points,
        outcome=check.outcome,
        checks=(check,),
    )
