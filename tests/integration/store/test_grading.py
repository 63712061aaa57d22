"""A grading's life: claimed, recorded once, released, failed, swept; on both databases."""

import shutil
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from grader.domain.errors import Conflict
from grader.domain.policy import Late, Policy
from grader.services import extensions, grading, materialise, publish, regrade, sweep
from grader.store.models import (
    AssignmentVersionRow,
    CheckRow,
    DiagnosisRow,
    GradeRow,
    OutboxRow,
    QuestionMarkRow,
)
from grader.store.queries import dashboard, portal, queue
from rubrics.answers import RawAnswer
from rubrics.loader import LIBRARY
from rubrics.outcome import Outcome

STALE = timedelta(minutes=3)


def count(ctx, table):
    with ctx.store.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_claim_hands_over_what_a_worker_needs(ctx, classroom, hand_in):
    receipt = hand_in()
    work = grading.claim(ctx, receipt.grading_id)

    assert (work.student, work.attempt, work.tries) == ("ada", 1, 1)
    assert work.answers["q1"].data is not None
    assert work.answers["q2b"].text == "Sigmoids saturate."
    assert 0 <= work.seed < 2**62
    assert (receipt.submission_id, "running") in ctx.events.sent
    assert grading.claim(ctx, "0192-not-there") is None


def test_a_recorded_grade_is_there_with_everything(ctx, classroom, hand_in, graded, clock):
    receipt = hand_in()
    clock.forward(seconds=2)
    view = graded(receipt)

    assert view.state == "needs_review"
    assert (view.grade.score, view.grade.max_score, view.grade.provisional) == (0.0, 9.0, True)
    assert view.grade.sandbox.layers == ("seccomp",)
    assert view.phases == {"queue": 2000.0, "run": 2.5}
    assert (view.revision, view.grade_source) == (1, "machine")
    assert view.queue_position is None
    assert ctx.events.sent[-1] == (receipt.submission_id, "needs_review")
    assert ctx.queue.of("dispatch") == [""]
    assert [count(ctx, one) for one in (QuestionMarkRow, CheckRow, DiagnosisRow)] == [3, 3, 1]
    with ctx.store.read() as session:
        news = session.scalars(select(OutboxRow)).one()
        named = dashboard.diagnoses(session, classroom.assignment_id)
    assert news.event == "grade.recorded"
    assert news.payload["grade"] == view.grade.model_dump(mode="json")
    assert news.payload["student"]["username"] == "ada"
    assert [(one.kind, one.place, one.students) for one in named] == [("dropped_path", "4*x", 1)]


def test_a_grading_is_recorded_once_however_often_its_task_runs(ctx, hand_in, judged):
    receipt = hand_in()
    first = grading.claim(ctx, receipt.grading_id)
    second = grading.claim(ctx, receipt.grading_id)  # its worker died, or so the broker thought
    assert second.tries == 2
    assert grading.record(ctx, receipt.grading_id, judged(first), {})
    assert not grading.record(ctx, receipt.grading_id, judged(second, q1=4.0), {})
    assert grading.claim(ctx, receipt.grading_id) is None
    assert not grading.release(ctx, receipt.grading_id, "late")
    grading.fail(ctx, receipt.grading_id, "late")
    assert count(ctx, GradeRow) == count(ctx, OutboxRow) == 1


def test_output_that_no_database_takes_is_cleaned(ctx, hand_in, judged, view):
    receipt = hand_in()
    work = grading.claim(ctx, receipt.grading_id)
    grade = judged(work)
    dirty = grade.questions[0].model_copy(update={"feedback": "a\0b \udc80 <b>"})
    grade = grade.model_copy(update={"questions": (dirty, *grade.questions[1:])})
    assert grading.record(ctx, receipt.grading_id, grade, {})
    assert view(receipt.submission_id).grade.questions[0].feedback == "a\ufffdb \ufffd <b>"


def test_our_fault_is_retried_then_left_to_staff_and_never_zero(ctx, classroom, hand_in, view):
    receipt = hand_in()
    for tries in range(1, grading.MAX_TRIES):
        assert grading.claim(ctx, receipt.grading_id).tries == tries
        assert grading.release(ctx, receipt.grading_id, "the judge died")
        assert view(receipt.submission_id).state == "queued"
    grading.claim(ctx, receipt.grading_id)
    assert not grading.release(ctx, receipt.grading_id, "the judge died")

    seen = view(receipt.submission_id)
    assert (seen.state, seen.grade.score, seen.grade.provisional) == ("failed", None, True)
    assert seen.grade.outcome == Outcome.SERVICE_ERROR
    assert seen.gradings[0].reason == "the judge died"
    assert ctx.events.sent[-1] == (receipt.submission_id, "failed")
    with ctx.store.read() as session:
        card = portal.assignments_for(session, classroom.student_id, ctx.clock())[0]
    assert card.attempts_used == 0


def test_even_a_lost_assignment_ends_in_words_and_stops_no_sweep(
    ctx, classroom, hand_in, clock, view
):
    receipt, other = hand_in(), hand_in(person_id=classroom.other_student_id)
    with ctx.store.begin() as session:
        version = session.get(AssignmentVersionRow, view(receipt.submission_id).digest)
        version.archive_sha256 = "0" * 64
    shutil.rmtree(ctx.settings.cache_dir)
    materialise._sound.cache_clear()
    for _ in range(grading.MAX_TRIES):
        grading.claim(ctx, receipt.grading_id)
    clock.forward(minutes=4)
    assert sweep.sweep(ctx, STALE) == 2
    seen = view(receipt.submission_id)
    assert (seen.state, seen.grade) == ("failed", None)
    assert other.grading_id in ctx.queue.of("grade")[2:]
    with ctx.store.read() as session:
        (card,) = portal.assignments_for(session, classroom.student_id, clock.now)
    assert (card.attempts_used, card.last_state) == (0, "failed")


def test_a_task_that_kills_its_worker_every_time_ends(ctx, hand_in, view):
    receipt = hand_in()
    for _ in range(grading.MAX_TRIES):
        assert grading.claim(ctx, receipt.grading_id) is not None
    assert grading.claim(ctx, receipt.grading_id) is None
    assert view(receipt.submission_id).state == "failed"


def test_a_lost_task_is_found_and_sent_again(ctx, hand_in, clock):
    receipt = hand_in()
    assert sweep.sweep(ctx, STALE) == 0
    clock.forward(minutes=4)
    assert sweep.sweep(ctx, STALE) == 1
    assert ctx.queue.of("grade") == [receipt.grading_id] * 2
    assert sweep.sweep(ctx, STALE) == 0  # touched: not again at once


def test_a_worker_that_died_is_found_and_bounded(ctx, hand_in, clock, view):
    receipt = hand_in()
    for _ in range(grading.MAX_TRIES):
        grading.claim(ctx, receipt.grading_id)
        clock.forward(minutes=4)
        assert sweep.sweep(ctx, STALE) == 1
    assert view(receipt.submission_id).state == "failed"
    clock.forward(minutes=4)
    assert sweep.sweep(ctx, STALE) == 0


def test_a_long_queue_is_not_taken_for_a_loss(ctx, classroom, hand_in, clock):
    first, *waiting = [hand_in() for _ in range(3)]
    clock.forward(minutes=10)
    grading.claim(ctx, first.grading_id)
    assert sweep.sweep(ctx, STALE) == 0
    # A later one overtook them: those before it were lost.
    late = hand_in(person_id=classroom.other_student_id)
    clock.forward(minutes=4)
    grading.claim(ctx, late.grading_id)
    assert sweep.sweep(ctx, STALE) == 3
    assert set(ctx.queue.of("grade")[4:]) == {first.grading_id, *(w.grading_id for w in waiting)}


def test_places_in_the_queue(ctx, classroom, hand_in, clock):
    receipts = []
    for _ in range(3):
        receipts.append(hand_in())
        clock.forward(seconds=1)
    grading.claim(ctx, receipts[0].grading_id)
    with ctx.store.read() as session:
        places = [queue.position(session, one.submission_id) for one in receipts]
        assert places == [None, 1, 2]
        assert queue.length(session) == 2


def test_lateness_is_taken_off_and_given_back_by_an_extension(
    ctx, classroom, hand_in, graded, clock, view
):
    policy = Policy(due_at=clock.now, late=Late(per_day=0.25))
    publish.publish(ctx, classroom.course_id, LIBRARY / "autograd" / "paper-1", policy)
    clock.forward(hours=5)
    receipt = hand_in()
    late = graded(receipt, q1=4.0, q1_outcome=Outcome.CORRECT)
    assert (late.grade.score, late.grade.late_penalty) == (3.0, 0.25)

    extensions.grant(
        ctx,
        classroom.instructor_id,
        classroom.assignment_id,
        classroom.student_id,
        due_at=clock.now,
        reason="ill",
    )
    forgiven = view(receipt.submission_id)
    assert (forgiven.grade.score, forgiven.grade.late_penalty) == (4.0, 0.0)
    assert (forgiven.revision, forgiven.grade_source) == (2, "person")
    assert count(ctx, OutboxRow) == 2


def test_a_regrade_appends_and_uses_the_newest_version(
    ctx, classroom, hand_in, graded, judged, view, tmp_path
):
    receipt = hand_in()
    graded(receipt)
    folder = newer_version(tmp_path)
    publish.publish(ctx, classroom.course_id, folder)
    grading_id = regrade.request(ctx, classroom.grader_id, receipt.submission_id)
    assert regrade.request(ctx, classroom.grader_id, receipt.submission_id) == grading_id

    work = grading.claim(ctx, grading_id)
    assert work.digest != view(receipt.submission_id).digest
    grade = judged(work, q1=4.0, q1_outcome=Outcome.CORRECT)
    assert grading.record(ctx, grading_id, grade, {})
    seen = view(receipt.submission_id)
    assert (seen.revision, seen.grade.score) == (2, 4.0)
    assert [one.state for one in seen.gradings] == ["graded", "graded"]


def test_a_regrade_never_ends_after_a_newer_one(ctx, classroom, hand_in, tmp_path):
    receipt = hand_in()
    publish.publish(ctx, classroom.course_id, newer_version(tmp_path))
    with pytest.raises(Conflict, match="older version"):
        regrade.request(ctx, classroom.grader_id, receipt.submission_id)


def test_a_regrade_that_fails_leaves_the_grade_that_stands(
    ctx, classroom, hand_in, graded, judged, view
):
    receipt = hand_in()
    graded(receipt, q1=4.0, q1_outcome=Outcome.CORRECT)
    grading_id = regrade.request(ctx, None, receipt.submission_id)
    work = grading.claim(ctx, grading_id)
    grading.fail(ctx, grading_id, "no judge")
    seen = view(receipt.submission_id)
    assert (seen.state, seen.revision, seen.grade.score) == ("needs_review", 1, 4.0)
    assert seen.gradings[0].reason == "no judge"
    # The worker was only slow: what it brings is taken after all.
    assert grading.record(ctx, grading_id, judged(work, q1=3.0), {})
    assert view(receipt.submission_id).grade.score == 3.0


def test_malformed_costs_no_attempt(ctx, classroom, hand_in, graded):
    policy = Policy(max_attempts=1, cooldown_s=3600)
    publish.publish(ctx, classroom.course_id, LIBRARY / "autograd" / "paper-1", policy)
    receipt = hand_in(answers={"q1": hand_in_script()})
    graded(receipt, q1_outcome=Outcome.MALFORMED)
    assert hand_in().attempt == 2


def hand_in_script():
    return RawAnswer(kind="code", text="x = (")


def newer_version(tmp_path):
    folder = tmp_path / "course" / "paper-1"
    shutil.copytree(LIBRARY / "autograd" / "paper-1", folder)
    with (folder / "reference.py").open("a") as file:
        file.write("\n# A word more.\n")
    return folder
