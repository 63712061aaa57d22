"""Taking a submission in: read every answer, store it once, then ask for its grading."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.attempts import require_attempt
from grader.domain.errors import (
    AssignmentUnknown,
    Conflict,
    Fault,
    Invalid,
    NotEnrolled,
    TooLarge,
)
from grader.domain.policy import require_open
from grader.services import materialise, reading, variants
from grader.services.after_commit import quietly
from grader.store.base import new_id
from grader.store.models import AnswerFileRow, AnswerRow, GradingRow, PersonRow, SubmissionRow
from grader.store.queries import access, assignments, attempts
from grader.store.queries.assignments import PersonalRules
from rubrics.answers import ParsedAnswer, RawAnswer
from rubrics.variants import varied

Source = Literal["portal", "api", "lms"]

MAX_KEY = 255


@dataclass(frozen=True, slots=True)
class Intake:
    """What arrived. `received_at` is when it did, if that was before now (an LMS's event)."""

    person_id: str
    assignment_id: str
    answers: Mapping[str, RawAnswer]
    source: Source = "portal"
    idempotency_key: str | None = None
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where it went; `created` is False for a repeat under the same idempotency key."""

    submission_id: str
    grading_id: str
    attempt: int
    created: bool


@dataclass(frozen=True, slots=True)
class _Ready:
    """Answers read by one version, and the SHA-256 under which each of their files is kept."""

    content: str
    digest: str
    varied: bool
    parsed: dict[str, ParsedAnswer]
    files: dict[str, dict[str, str]]


def submit(ctx: Context, intake: Intake) -> Receipt:
    """Store a submission and ask for its grading. The same key and content again is a no-op.

    Raises AssignmentUnknown, NotEnrolled, NotOpen, Closed, AttemptsSpent, CoolingDown, TooLarge,
    AnswerMalformed (every fault at once), Conflict (the key was used for other content), Invalid.
    """
    _check_key(intake.idempotency_key)
    _check_size(ctx, intake)
    content = content_digest(intake)
    with ctx.store.read() as session:
        repeat = _repeat(session, intake, content)
        if repeat is not None:
            return repeat
        digest = _allowed(session, intake, intake.received_at or ctx.clock()).digest
    assignment = materialise.assignment(ctx, digest)
    parsed = reading.read_answers(assignment, intake.answers)
    ready = _Ready(content, digest, varied(assignment), parsed, _keep(ctx, parsed))
    with ctx.store.begin() as session:
        receipt = _insert(ctx, session, intake, ready)
    if receipt.created:
        ctx.events.publish(receipt.submission_id, "queued")
        quietly(ctx.queue.enqueue_grading, receipt.grading_id)
    return receipt


def content_digest(intake: Intake) -> str:
    """SHA-256 over the assignment and every answer: what makes two uploads the same."""
    answers = {
        question: {
            "kind": raw.kind,
            "text": raw.text,
            "files": {name: hashlib.sha256(data).hexdigest() for name, data in raw.files.items()},
        }
        for question, raw in intake.answers.items()
    }
    whole = json.dumps([intake.assignment_id, answers], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _check_key(key: str | None) -> None:
    if key is None or (0 < len(key) <= MAX_KEY and key.isascii() and key.isprintable()):
        return
    fault = Fault(
        "Idempotency-Key",
        "The key cannot be used.",
        f"Send 1 to {MAX_KEY} printable ASCII characters, such as a UUID.",
    )
    raise Invalid("The idempotency key cannot be used.", fault)


def _check_size(ctx: Context, intake: Intake) -> None:
    size = sum(
        4 * len(raw.text) + sum(len(data) for data in raw.files.values())
        for raw in intake.answers.values()
    )
    limit = ctx.settings.max_upload_mb
    if size > limit * 1024 * 1024:
        fault = Fault(
            "answers",
            f"The answers are larger than {limit} MB together.",
            "Send only what is asked for, without data or outputs in it.",
        )
        raise TooLarge("The submission is too large.", fault)


def _repeat(session: Session, intake: Intake, content: str) -> Receipt | None:
    """The receipt given before for this key. Raises Conflict if the content was another."""
    if intake.idempotency_key is None:
        return None
    row = session.scalar(
        select(SubmissionRow).where(
            SubmissionRow.person_id == intake.person_id,
            SubmissionRow.idempotency_key == intake.idempotency_key,
        )
    )
    if row is None:
        return None
    if row.content_digest != content:
        fault = Fault(
            "Idempotency-Key",
            "This key was used for another submission.",
            "Use a new key for new content.",
        )
        raise Conflict("The idempotency key was used before, with other content.", fault)
    first = select(GradingRow.id).where(GradingRow.submission_id == row.id)
    grading_id = session.scalars(first.order_by(GradingRow.id).limit(1)).one()
    return Receipt(row.id, grading_id, row.attempt, created=False)


def _allowed(session: Session, intake: Intake, now: datetime) -> PersonalRules:
    """The rules that let this submission in; raises the refusal that they say otherwise."""
    rules = assignments.rules(session, intake.assignment_id, intake.person_id)
    if rules is None:
        fault = Fault("assignment", "There is no such assignment.", "Look at your list of them.")
        raise AssignmentUnknown("There is no such assignment.", fault)
    if access.role(session, intake.person_id, rules.course_id) is None:
        raise NotEnrolled("You are not enrolled in the course of this assignment.")
    require_open(rules.policy, now)
    past = attempts.of_person(session, intake.person_id, intake.assignment_id)
    require_attempt(rules.policy, past, now)
    return rules


def _keep(ctx: Context, parsed: dict[str, ParsedAnswer]) -> dict[str, dict[str, str]]:
    return {
        question: {name: ctx.artefacts.put(data) for name, data in answer.files.items()}
        for question, answer in parsed.items()
    }


def _insert(ctx: Context, session: Session, intake: Intake, ready: _Ready) -> Receipt:
    # One at a time per person: attempt numbers and keys are then never raced for.
    person = select(PersonRow.id).where(PersonRow.id == intake.person_id)
    session.execute(person.with_for_update(key_share=True))
    repeat = _repeat(session, intake, ready.content)
    if repeat is not None:
        return repeat
    now = intake.received_at or ctx.clock()
    _allowed(session, intake, now)
    submission = SubmissionRow(
        id=new_id(),
        assignment_id=intake.assignment_id,
        person_id=intake.person_id,
        digest=ready.digest,
        attempt=_next_attempt(session, intake),
        source=intake.source,
        idempotency_key=intake.idempotency_key,
        content_digest=ready.content,
        seed=_seed(ctx, session, intake, ready),
        submitted_at=now,
    )
    session.add(submission)
    session.flush()
    for question, answer in ready.parsed.items():
        _add_answer(session, submission.id, question, answer, ready.files[question])
    grading = queued(ctx, submission.id, ready.digest)
    session.add(grading)
    return Receipt(submission.id, grading.id, submission.attempt, created=True)


def _seed(ctx: Context, session: Session, intake: Intake, ready: _Ready) -> int:
    """The person's own where students get variants; else hidden inputs are drawn anew each time."""
    if ready.varied:
        return variants.drawn(ctx, session, intake.person_id, intake.assignment_id)
    return secrets.randbits(variants.BITS)


def queued(
    ctx: Context, submission_id: str, digest: str, requested_by: str | None = None
) -> GradingRow:
    """A new attempt of grading, waiting."""
    now = ctx.clock()
    return GradingRow(
        id=new_id(),
        submission_id=submission_id,
        digest=digest,
        state="queued",
        tries=0,
        requested_by=requested_by,
        queued_at=now,
        touched_at=now,
        phases={},
    )


def _next_attempt(session: Session, intake: Intake) -> int:
    past = attempts.of_person(session, intake.person_id, intake.assignment_id)
    return max((one.attempt for one in past), default=0) + 1


def _add_answer(
    session: Session, submission_id: str, question: str, answer: ParsedAnswer, files: dict[str, str]
) -> None:
    row = AnswerRow(
        submission_id=submission_id,
        question_id=question,
        kind=answer.kind,
        text=answer.text,
        data=answer.data,
    )
    session.add(row)
    session.flush()
    for name, sha256 in files.items():
        session.add(
            AnswerFileRow(answer_id=row.id, name=name, sha256=sha256, size=len(answer.files[name]))
        )
