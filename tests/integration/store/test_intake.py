"""Taking submissions in, on both databases."""

from datetime import timedelta

import pytest

from grader.domain import errors
from grader.domain.policy import Policy
from grader.services import intake, publish
from grader.services.intake import Intake
from grader.store.models import AnswerFileRow, SubmissionRow
from grader.store.queries import submissions
from rubrics.answers import RawAnswer
from rubrics.loader import LIBRARY

NUMBERS = RawAnswer(kind="tensor", text="[0.4722, 0.0000, 0.9642, 135.0000]")
SCRIPT = RawAnswer(kind="code", files={"mine.py": b"import torch\nx = torch.ones(4)\n"})


def given(classroom, **changes):
    values = {
        "person_id": classroom.student_id,
        "assignment_id": classroom.assignment_id,
        "answers": {"q1": NUMBERS},
    }
    return Intake(**(values | changes))


def with_policy(ctx, classroom, policy):
    publish.publish(ctx, classroom.course_id, LIBRARY / "autograd" / "paper-1", policy)


def test_a_submission_is_stored_whole_and_then_queued(ctx, classroom, clock):
    answers = {"q1": SCRIPT, "q2b": RawAnswer(kind="text", text="σ saturates.")}
    receipt = intake.submit(ctx, given(classroom, answers=answers))

    assert receipt.created
    assert receipt.attempt == 1
    assert ctx.queue.sent == [("grade", receipt.grading_id)]
    assert ctx.events.sent == [(receipt.submission_id, "queued")]
    with ctx.store.read() as session:
        view = submissions.view(session, receipt.submission_id)
    assert (view.student, view.state, view.queue_position) == ("ada", "queued", 1)
    assert view.submitted_at == clock.now
    assert view.grade is None
    code, text = view.answers
    assert text.text == "σ saturates."
    assert ctx.artefacts.get(code.files[0].sha256) == SCRIPT.files["mine.py"]


def test_the_same_key_and_content_is_one_submission(ctx, classroom, clock):
    first = intake.submit(ctx, given(classroom, idempotency_key="k1"))
    clock.forward(days=400)
    again = intake.submit(ctx, given(classroom, idempotency_key="k1"))

    assert (again.created, again.submission_id) == (False, first.submission_id)
    assert again.grading_id == first.grading_id
    assert ctx.queue.of("grade") == [first.grading_id]


def test_the_same_key_with_other_content_is_a_conflict(ctx, classroom):
    intake.submit(ctx, given(classroom, idempotency_key="k1"))
    with pytest.raises(errors.Conflict) as refusal:
        intake.submit(ctx, given(classroom, idempotency_key="k1", answers={"q1": SCRIPT}))
    assert refusal.value.faults[0].field == "Idempotency-Key"


def test_a_key_is_each_persons_own(ctx, classroom):
    first = intake.submit(ctx, given(classroom, idempotency_key="k1"))
    person = classroom.other_student_id
    second = intake.submit(ctx, given(classroom, idempotency_key="k1", person_id=person))
    assert second.created
    assert second.submission_id != first.submission_id


@pytest.mark.parametrize("key", ["", "k" * 256, "a\nb", "ключ", "\0"])
def test_a_key_that_cannot_be_used_is_refused(ctx, classroom, key):
    with pytest.raises(errors.Invalid) as refusal:
        intake.submit(ctx, given(classroom, idempotency_key=key))
    assert refusal.value.faults[0].field == "Idempotency-Key"


def test_every_malformed_answer_is_named_at_once_and_costs_nothing(ctx, classroom):
    answers = {
        "q1": RawAnswer(kind="tensor", text="[1, 2, banana, 4]"),
        "q2b": RawAnswer(kind="text", text="  "),
        "q9": NUMBERS,
    }
    with pytest.raises(errors.AnswerMalformed) as refusal:
        intake.submit(ctx, given(classroom, answers=answers))

    assert [fault.field for fault in refusal.value.faults] == ["q1", "q2b", "answers"]
    assert all(fault.message and fault.remedy for fault in refusal.value.faults)
    with ctx.store.read() as session:
        assert session.query(SubmissionRow).count() == 0
    assert ctx.queue.sent == []


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"q1": RawAnswer(kind="tensor", text="[1, 2, 3]")},
        {"q1": RawAnswer(kind="tensor", text="")},
        {"q1": RawAnswer(kind="tensor", text="\ud800\0")},
        {"q1": RawAnswer(kind="code", files={"mine.py": b""})},
        {"q1": RawAnswer(kind="code", files={"mine.py": b"\x00\xff\xfe\x01"})},
        {"q1": RawAnswer(kind="magic", text="1")},
        {"q1\0": NUMBERS},
    ],
)
def test_what_cannot_be_read_is_malformed(ctx, classroom, answers):
    with pytest.raises(errors.AnswerMalformed) as refusal:
        intake.submit(ctx, given(classroom, answers=answers))
    assert refusal.value.faults


def test_too_many_bytes_are_refused_before_they_are_read(ctx, classroom):
    answers = {"q1": RawAnswer(kind="code", files={"mine.py": b"#" * (11 * 1024 * 1024)})}
    with pytest.raises(errors.TooLarge):
        intake.submit(ctx, given(classroom, answers=answers))


def test_hostile_text_is_stored_and_comes_back(ctx, classroom):
    text = "=cmd() <script>alert(1)</script> 😀 " + "\u202e" + "é"
    answers = {"q2b": RawAnswer(kind="text", text=text)}
    receipt = intake.submit(ctx, given(classroom, answers=answers))
    with ctx.store.read() as session:
        stored = submissions.view(session, receipt.submission_id).answers[0].text
    assert "<script>alert(1)</script> 😀" in stored


def test_strangers_and_unknown_assignments_are_refused(ctx, classroom):
    with pytest.raises(errors.NotEnrolled):
        intake.submit(ctx, given(classroom, person_id=classroom.outsider_id))
    for unknown in ("nope", "../../etc/passwd", "'; DROP TABLE people; --"):
        with pytest.raises(errors.AssignmentUnknown):
            intake.submit(ctx, given(classroom, assignment_id=unknown))


def test_before_the_opening_and_after_the_close(ctx, classroom, clock):
    opens, closes = clock.now + timedelta(hours=1), clock.now + timedelta(hours=2)
    with_policy(ctx, classroom, Policy(opens_at=opens, closes_at=closes))

    with pytest.raises(errors.NotOpen, match="2 November 2026 at 13:00 UTC"):
        intake.submit(ctx, given(classroom))
    clock.forward(hours=1)
    assert intake.submit(ctx, given(classroom)).created
    clock.forward(hours=1, seconds=1)
    with pytest.raises(errors.Closed):
        intake.submit(ctx, given(classroom))


def test_what_arrived_in_time_is_in_time_however_late_it_is_acted_on(ctx, classroom, clock):
    arrived = clock.now
    with_policy(ctx, classroom, Policy(closes_at=clock.now))
    clock.forward(days=2)
    receipt = intake.submit(ctx, given(classroom, received_at=arrived, source="lms"))
    with ctx.store.read() as session:
        assert submissions.view(session, receipt.submission_id).submitted_at == arrived


def test_attempts_run_out_and_cool_down(ctx, classroom, clock):
    with_policy(ctx, classroom, Policy(max_attempts=2, cooldown_s=600))
    assert intake.submit(ctx, given(classroom)).attempt == 1
    clock.forward(minutes=9)
    with pytest.raises(errors.CoolingDown) as refusal:
        intake.submit(ctx, given(classroom))
    assert refusal.value.retry_at == clock.now + timedelta(minutes=1)
    clock.forward(minutes=1)
    assert intake.submit(ctx, given(classroom)).attempt == 2
    clock.forward(days=1)
    with pytest.raises(errors.AttemptsSpent):
        intake.submit(ctx, given(classroom))
    assert intake.submit(ctx, given(classroom, person_id=classroom.other_student_id)).attempt == 1


def test_a_queue_that_is_down_loses_nothing(ctx, classroom, monkeypatch):
    from grader.outbound.queue import QueueDown

    def down(_):
        raise QueueDown("no broker")

    monkeypatch.setattr(ctx.queue, "enqueue_grading", down)
    receipt = intake.submit(ctx, given(classroom))
    with ctx.store.read() as session:
        assert submissions.status(session, receipt.submission_id).state == "queued"


def test_file_names_fit_whatever_a_student_calls_them(ctx, classroom):
    name = "a" * 300 + "\u202e" + ".py"
    answers = {"q1": RawAnswer(kind="code", files={name: b"x = 1\n"})}
    receipt = intake.submit(ctx, given(classroom, answers=answers))
    with ctx.store.read() as session:
        rows = session.query(AnswerFileRow).all()
    assert receipt.created
    assert [len(row.name) <= 255 for row in rows] == [True]
