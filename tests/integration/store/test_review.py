"""A person's mark: it makes the total final, and no machine takes it away."""

import pytest
from sqlalchemy import select

from grader.domain.errors import Conflict, Invalid, NotEnrolled, NotFound
from grader.services import grading, regrade, review
from grader.store.models import CheckRow, GradeRow, OutboxRow
from grader.store.queries import audit
from rubrics.answers import RawAnswer
from rubrics.outcome import Outcome

BOTH = {
    "q1": RawAnswer(kind="tensor", text="[0.9673, 1.6824, 2.0190, 579.9380]"),
    "q2a": RawAnswer(kind="expression", text="Δw = η (t − o) o (1 − o) x"),
    "q2b": RawAnswer(kind="text", text="Sigmoids saturate."),
}


@pytest.fixture
def marked(ctx, classroom):
    """Mark as the course's grader."""

    def mark(submission_id, question_id, items, comment="", by=None):
        actor = by or classroom.grader_id
        return review.mark(ctx, actor, submission_id, question_id, items, comment)

    return mark


@pytest.fixture
def waiting(hand_in, graded):
    """A submission whose q1 is right, and whose q2a and q2b wait for a person."""
    receipt = hand_in(answers=BOTH)
    graded(receipt, q1=4.0, q1_outcome=Outcome.CORRECT)
    return receipt


def test_the_total_is_final_when_nothing_waits(ctx, classroom, waiting, marked, view):
    first = marked(waiting.submission_id, "q2a", ["result"], "No steps shown.")
    assert (first.score, first.provisional, first.outcome) == (5.0, True, Outcome.NEEDS_REVIEW)
    last = marked(waiting.submission_id, "q2b", ["saturation", "product"])
    assert (last.score, last.provisional, last.outcome) == (7.0, False, Outcome.PARTIAL)

    seen = view(waiting.submission_id)
    assert (seen.state, seen.revision, seen.grade_source) == ("graded", 3, "person")
    assert seen.grade == last
    assert [(one.question_id, one.items, one.by) for one in seen.marks] == [
        ("q2a", ("result",), "marker"),
        ("q2b", ("saturation", "product"), "marker"),
    ]
    assert ctx.events.sent[-1] == (waiting.submission_id, "graded")
    with ctx.store.read() as session:
        acts = [one for one in audit.log(session, classroom.course_id) if "mark" in one.action]
        assert len(session.scalars(select(OutboxRow)).all()) == 3
        evidence = session.scalars(select(CheckRow.evidence).where(CheckRow.score == 1.0)).all()
    assert [(one.actor, one.detail["question"]) for one in acts] == [
        ("marker", "q2b"),
        ("marker", "q2a"),
    ]
    assert "person" in evidence


def test_a_machine_never_overwrites_a_person(ctx, waiting, marked, judged, view):
    marked(waiting.submission_id, "q2b", ["saturation"], "Good.")
    grading_id = regrade.request(ctx, None, waiting.submission_id)
    work = grading.claim(ctx, grading_id)
    grade = judged(work, q1=3.0, q1_outcome=Outcome.PARTIAL)
    assert grading.record(ctx, grading_id, grade, {})

    seen = view(waiting.submission_id)
    q1, q2a, q2b = seen.grade.questions
    assert (seen.revision, seen.grade_source) == (3, "machine")
    assert (q1.score, q2a.score, q2b.score) == (3.0, None, 1.0)
    assert q2b.checks[0].feedback.endswith("Good.")


def test_a_mark_made_while_the_machine_grades_again_stays(ctx, waiting, marked, judged, view):
    grading_id = regrade.request(ctx, None, waiting.submission_id)
    work = grading.claim(ctx, grading_id)
    marked(waiting.submission_id, "q2a", ["result", "chain"])
    assert grading.record(ctx, grading_id, judged(work), {})
    assert view(waiting.submission_id).grade.questions[1].score == 2.0


def test_the_newest_mark_stands(waiting, marked, view):
    marked(waiting.submission_id, "q2a", ["result", "chain"])
    marked(waiting.submission_id, "q2a", ["result", "sign"], "The sign!")
    seen = view(waiting.submission_id)
    assert seen.grade.questions[1].score == 0.5
    assert len(seen.marks) == 2


def test_what_failed_by_our_fault_can_still_be_marked(ctx, hand_in, marked, view):
    receipt = hand_in(answers=BOTH)
    grading.claim(ctx, receipt.grading_id)
    grading.fail(ctx, receipt.grading_id, "no judge")
    marked(receipt.submission_id, "q2a", ["result"])
    seen = view(receipt.submission_id)
    assert (seen.state, seen.grade.score) == ("failed", 1.0)
    assert seen.grade.questions[0].score is None


@pytest.mark.parametrize(
    ("question", "items", "comment", "field"),
    [
        ("q1", [], "", "question"),
        ("q9", [], "", "question"),
        ("q2a", ["result", "nope"], "", "items"),
        ("q2a", ["saturation"], "", "items"),
        ("q2a", [], "x" * 10_001, "comment"),
    ],
)
def test_a_mark_that_makes_no_sense_is_refused(
    ctx, waiting, marked, question, items, comment, field
):
    with pytest.raises(Invalid) as refusal:
        marked(waiting.submission_id, question, items, comment)
    assert refusal.value.faults[0].field == field
    with ctx.store.read() as session:
        assert len(session.scalars(select(GradeRow)).all()) == 1


def test_only_graders_mark(classroom, waiting, marked):
    for person in (classroom.student_id, classroom.other_student_id, classroom.outsider_id):
        with pytest.raises(NotEnrolled):
            marked(waiting.submission_id, "q2a", ["result"], by=person)
    assert marked(waiting.submission_id, "q2a", ["result"], by=classroom.instructor_id)


def test_there_must_be_something_to_mark(hand_in, marked):
    with pytest.raises(NotFound):
        marked("nope", "q2a", [])
    with pytest.raises(Conflict):
        marked(hand_in().submission_id, "q2a", [])
