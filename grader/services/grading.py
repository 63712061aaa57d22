"""The life of one grading: claimed by a worker, then recorded once, released, or failed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.totals import service_error
from grader.services import materialise, revisions
from grader.services.after_commit import quietly
from grader.services.archive import ArchiveBroken
from grader.store.artefacts import ArtefactBroken
from grader.store.models import GradingRow, PersonRow, SubmissionRow
from grader.store.queries import submissions
from grader.store.queries.submissions import AnswerView
from rubrics.answers import ParsedAnswer
from rubrics.grade import Grade, SandboxUse
from rubrics.loader import AssignmentError
from rubrics.outcome import OUR_FAULT
from rubrics.schema import Assignment
from rubrics.score import assemble

MAX_TRIES = 5
"""How often a grading is claimed before it is left to staff."""

OPEN = ("queued", "running")

SORRY = "This could not be graded because of a fault of ours. It is no zero; staff know of it."

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker needs to grade one submission; `tries` counts this try."""

    submission_id: str
    grading_id: str
    digest: str
    answers: dict[str, ParsedAnswer]
    student: str
    attempt: int
    seed: int
    tries: int


def claim(ctx: Context, grading_id: str) -> Work | None:
    """Take the grading on; None if there is nothing left to do.

    A task that comes twice may claim twice: a worker that died leaves the row `running`, and the
    second record is dropped. Past `MAX_TRIES` the grading is failed instead.
    """
    with ctx.store.begin() as session:
        row = _locked(session, grading_id)
        if row is None or row.state not in OPEN:
            return None
        spent = row.tries >= MAX_TRIES
        if not spent:
            _start(row, ctx.clock())
            work = _work(session, row)
            answers = submissions.answers(session, row.submission_id)
    if spent:
        fail(ctx, grading_id, "Grading was begun too often without coming to an end.")
        return None
    ctx.events.publish(work.submission_id, "running")
    # Files are read after the commit: no transaction stays open over a slow store.
    return replace(work, answers={one.question_id: parsed(ctx, one) for one in answers})


def record(ctx: Context, grading_id: str, grade: Grade, phases: dict[str, float]) -> bool:
    """Store the grade of a grading, once; False if it had been recorded before.

    People's decisions are kept, the late penalty is taken, and the news goes to the outbox.
    """
    with ctx.store.begin() as session:
        row = _locked(session, grading_id)
        if row is None or revisions.recorded(session, grading_id):
            return False
        now = ctx.clock()
        submission = _submission(session, row)
        author = revisions.Author("machine", grading_id=grading_id)
        revisions.append(session, submission, grade, author, now=now)
        waited = ((row.started_at or now) - row.queued_at) / timedelta(milliseconds=1)
        _finish(row, "graded", now, {"queue": round(waited, 3), **phases})
    _tell(ctx, row.submission_id)
    return True


def release(ctx: Context, grading_id: str, reason: str) -> bool:
    """Put a grading that broke by our fault back in the queue; the caller enqueues it.

    False once it was tried `MAX_TRIES` times (it is failed then), or was recorded meanwhile.
    """
    with ctx.store.begin() as session:
        row = _locked(session, grading_id)
        if row is None or row.state not in OPEN:
            return False
        spent = row.tries >= MAX_TRIES
        if not spent:
            row.state, row.reason, row.touched_at = "queued", reason, ctx.clock()
    if spent:
        fail(ctx, grading_id, reason)
        return False
    ctx.events.publish(row.submission_id, "queued")
    return True


def fail(ctx: Context, grading_id: str, reason: str) -> None:
    """Leave the grading to staff: a `service_error` grade without a score, never a zero.

    A grade that stood before, from an earlier grading, keeps standing.
    """
    with ctx.store.read() as session:
        found = session.get(GradingRow, grading_id)
        digest = None if found is None else found.digest
    if digest is None:
        return
    assignment = _readable(ctx, digest)
    with ctx.store.begin() as session:
        row = _locked(session, grading_id)
        if row is None or row.state not in OPEN:
            return
        now = ctx.clock()
        submission = _submission(session, row)
        before = revisions.current(session, submission.id)
        if assignment is not None and (before is None or before.outcome in OUR_FAULT):
            author = revisions.Author("machine", grading_id=grading_id)
            grade = _sorry(session, submission, assignment)
            revisions.append(session, submission, grade, author, now=now)
        row.reason = reason
        _finish(row, "failed", now, row.phases)
    log.error("grading failed", grading_id=grading_id, reason=reason)
    _tell(ctx, row.submission_id)


def _readable(ctx: Context, digest: str) -> Assignment | None:
    """The assignment; None if its archive is the very thing that is broken."""
    try:
        return materialise.assignment(ctx, digest)
    except (ArtefactBroken, ArchiveBroken, AssignmentError, OSError) as error:
        log.exception("assignment unreadable", digest=digest, error=str(error))
        return None


def _sorry(session: Session, submission: SubmissionRow, assignment: Assignment) -> Grade:
    student = session.get_one(PersonRow, submission.person_id).username
    questions = service_error(assignment, SORRY)
    return assemble(assignment, student, submission.attempt, questions, SandboxUse(), {})


def _locked(session: Session, grading_id: str) -> GradingRow | None:
    query = select(GradingRow).where(GradingRow.id == grading_id)
    return session.scalar(query.with_for_update(key_share=True))


def _submission(session: Session, row: GradingRow) -> SubmissionRow:
    submission = revisions.locked(session, row.submission_id)
    if submission is None:
        raise LookupError(f"grading {row.id} has no submission")
    return submission


def _start(row: GradingRow, now: datetime) -> None:
    row.state = "running"
    row.tries += 1
    row.started_at = now
    row.touched_at = now


def _finish(row: GradingRow, state: str, now: datetime, phases: dict[str, float]) -> None:
    row.state = state
    row.finished_at = now
    row.touched_at = now
    row.phases = phases


def _work(session: Session, row: GradingRow) -> Work:
    submission = session.get_one(SubmissionRow, row.submission_id)
    return Work(
        submission_id=submission.id,
        grading_id=row.id,
        digest=row.digest,
        answers={},
        student=session.get_one(PersonRow, submission.person_id).username,
        attempt=submission.attempt,
        seed=submission.seed,
        tries=row.tries,
    )


def parsed(ctx: Context, answer: AnswerView) -> ParsedAnswer:
    """The answer with the bytes of its files. Raises ArtefactBroken if one is lost."""
    return ParsedAnswer(
        kind=answer.kind,
        text=answer.text,
        data=answer.data,
        files={file.name: ctx.artefacts.get(file.sha256) for file in answer.files},
    )


def _tell(ctx: Context, submission_id: str) -> None:
    with ctx.store.read() as session:
        state = submissions.status(session, submission_id).state
    ctx.events.publish(submission_id, state)
    quietly(ctx.queue.enqueue_dispatch)
