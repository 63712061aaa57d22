"""Each person's variant: drawn at the first look or hand-in, and never again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from grader.services import grading, intake, materialise, publish, regrade, variants
from grader.services.intake import Intake
from grader.store.models import AssignmentRow, VariantRow
from grader.store.queries import submissions
from rubrics.answers import RawAnswer

PLAIN = """key: course/drawn
title: Drawn
questions:
  - id: q
    title: Twice
    points: 1
    statement: "Give twice 1000."
    answers: [{kind: number, decimals: 0}]
    checks: [{id: v, kind: values, title: V, reference: twice}]
"""
DRAWN = PLAIN.replace("1000.", "{{n}}.").replace(
    "    answers", "    parameters: {n: {kind: int, low: 1000, high: 9999}}\n    answers"
)


@pytest.fixture
def published(ctx, classroom, tmp_path):
    """Publish one of the two; returns the assignment's id."""

    def publish_one(text=DRAWN):
        folder = tmp_path / "drawn"
        folder.mkdir(exist_ok=True)
        (folder / "assignment.yaml").write_text(text)
        (folder / "reference.py").write_text("def twice(params):\n    return 2.0 * params.n\n")
        return publish.publish(ctx, classroom.course_id, folder)

    return publish_one


@pytest.fixture
def hand_in(ctx, classroom):
    def submit(assignment_id, person_id=None, source="portal"):
        answers = {"q": RawAnswer(kind="number", text="2000")}
        person_id = person_id or classroom.student_id
        receipt = intake.submit(ctx, Intake(person_id, assignment_id, answers, source=source))
        return grading.claim(ctx, receipt.grading_id)

    return submit


def paper_digest(ctx, classroom):
    with ctx.store.read() as session:
        return session.get(AssignmentRow, classroom.assignment_id).digest


def rows(ctx):
    with ctx.store.read() as session:
        return session.scalar(select(func.count()).select_from(VariantRow))


def test_what_was_seen_is_what_is_judged_in_every_attempt(ctx, classroom, published, hand_in):
    assignment_id = published()
    seen = variants.seed(ctx, classroom.student_id, assignment_id)
    works = [hand_in(assignment_id, source=source) for source in ("portal", "api", "lms")]
    assert [work.seed for work in works] == [seen] * 3
    assert [work.attempt for work in works] == [1, 2, 3]
    assert rows(ctx) == 1


def test_who_never_looked_has_one_from_the_first_hand_in(ctx, classroom, published, hand_in):
    assignment_id = published()
    work = hand_in(assignment_id, source="lms")
    assert variants.seed(ctx, classroom.student_id, assignment_id) == work.seed
    other = hand_in(assignment_id, classroom.other_student_id)
    assert other.seed != work.seed


def test_a_regrade_by_a_new_version_keeps_it(ctx, classroom, published, hand_in):
    assignment_id = published()
    work = hand_in(assignment_id)
    grading.release(ctx, work.grading_id, "again")
    grading.fail(ctx, work.grading_id, "ended")
    published(DRAWN.replace("Give twice", "Type twice"))
    again = grading.claim(ctx, regrade.request(ctx, classroom.instructor_id, work.submission_id))
    assert again.digest != work.digest
    assert again.seed == work.seed


def test_without_parameters_nothing_is_kept_and_inputs_are_new(ctx, classroom, published, hand_in):
    assignment_id = published(PLAIN)
    assert hand_in(assignment_id).seed != hand_in(assignment_id).seed
    assert rows(ctx) == 0


def test_a_version_that_draws_later_takes_the_last_attempts_seed(
    ctx, classroom, published, hand_in
):
    """A regrade draws from the submission's seed; the page must show that same variant."""
    work = hand_in(published(PLAIN))
    assignment_id = published(DRAWN)
    assert variants.seed(ctx, classroom.student_id, assignment_id) == work.seed


def test_two_first_looks_at_once_see_the_same(ctx, classroom, published):
    assignment_id = published()
    with ThreadPoolExecutor(4) as pool:
        found = list(
            pool.map(lambda _: variants.seed(ctx, classroom.student_id, assignment_id), range(8))
        )
    assert len(set(found)) == 1
    assert rows(ctx) == 1


def test_the_statement_is_the_persons_own(ctx, classroom, published, hand_in):
    assignment_id = published()
    work = hand_in(assignment_id)
    content = materialise.assignment(ctx, work.digest)
    mine = variants.personal(ctx, content, classroom.student_id, assignment_id)
    told = variants.told(content, work.seed)
    assert mine.questions[0].statement == f"Give twice {told.values['q.n']}."
    with ctx.store.read() as session:
        assert submissions.view(session, work.submission_id).seed == work.seed
    paper = materialise.assignment(ctx, paper_digest(ctx, classroom))
    assert variants.told(paper, 1) is None
