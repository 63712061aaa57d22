"""A person marks a question by its rubric items; no machine overwrites that."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.errors import Conflict, Fault, Invalid, NotFound
from grader.domain.totals import person_check
from grader.services import materialise, revisions
from grader.services.after_commit import quietly
from grader.services.audit import note
from grader.services.permission import require_grader
from grader.store.models import AssignmentRow, GradeRow, GradingRow, PersonMarkRow, SubmissionRow
from grader.store.queries import submissions
from rubrics.grade import CheckGrade, Grade
from rubrics.schema import Question

MAX_COMMENT = 10_000


@dataclass(frozen=True, slots=True)
class _Mark:
    course_id: str
    actor_id: str
    submission_id: str
    question_id: str
    items: list[str]
    comment: str


def mark(  # noqa: PLR0917 - as a form names them
    ctx: Context,
    actor_id: str,
    submission_id: str,
    question_id: str,
    items: Sequence[str],
    comment: str = "",
) -> Grade:
    """Append a revision with the person's decision on one question, and return the whole grade.

    Raises NotFound, NotEnrolled, Conflict (the machine has not graded it yet), Invalid (unknown
    items, a question that no person marks).
    """
    with ctx.store.read() as session:
        course_id, digest = _place(session, submission_id)
        require_grader(session, actor_id, course_id)
    question = _question(materialise.assignment(ctx, digest).questions, question_id)
    check = _decide(question, items, comment)
    made = _Mark(course_id, actor_id, submission_id, question_id, list(items), comment)
    with ctx.store.begin() as session:
        row = _append(ctx, session, made, check)
        grade = Grade.model_validate(row.data)
        state = submissions.status(session, submission_id).state
    ctx.events.publish(submission_id, state)
    quietly(ctx.queue.enqueue_dispatch)
    return grade


def _append(ctx: Context, session: Session, made: _Mark, check: CheckGrade) -> GradeRow:
    submission, before = _locked(session, made.submission_id)
    row = revisions.append(
        session,
        submission,
        Grade.model_validate(before.data),
        revisions.Author("person", person_id=made.actor_id),
        now=ctx.clock(),
        decision={made.question_id: check},
    )
    session.add(
        PersonMarkRow(
            submission_id=made.submission_id,
            question_id=made.question_id,
            grade_id=row.id,
            person_id=made.actor_id,
            items=made.items,
            comment=made.comment,
            decision=check.model_dump(mode="json"),
            created_at=ctx.clock(),
        )
    )
    note(
        ctx,
        session,
        "grade.marked",
        made.submission_id,
        actor_id=made.actor_id,
        course_id=made.course_id,
        question=made.question_id,
        items=made.items,
        comment=made.comment,
        revision=row.revision,
    )
    return row


def _place(session: Session, submission_id: str) -> tuple[str, str]:
    """The course of a submission, and the version that its newest grading used."""
    found = session.execute(
        select(AssignmentRow.course_id, GradingRow.digest)
        .join(SubmissionRow, SubmissionRow.assignment_id == AssignmentRow.id)
        .join(GradingRow, GradingRow.submission_id == SubmissionRow.id)
        .where(SubmissionRow.id == submission_id)
        .order_by(GradingRow.id.desc())
        .limit(1)
    ).first()
    if found is None:
        raise NotFound("There is no such submission.")
    return found[0], found[1]


def _question(questions: Sequence[Question], question_id: str) -> Question:
    found = next((one for one in questions if one.id == question_id), None)
    if found is None:
        names = ", ".join(one.id for one in questions)
        fault = Fault("question", f"There is no question {question_id[:40]!r}.", f"Use {names}.")
        raise Invalid("There is no such question.", fault)
    if not found.rubric:
        fault = Fault(
            "question",
            f"Question {question_id} is judged by the machine and has no rubric items.",
            "Mark a question that has some, or ask for a regrade.",
        )
        raise Invalid("No person marks this question.", fault)
    return found


def _decide(question: Question, items: Sequence[str], comment: str) -> CheckGrade:
    known = {item.id for item in question.rubric}
    faults = [
        Fault("items", f"There is no rubric item {one[:40]!r}.", f"Use {', '.join(sorted(known))}.")
        for one in items
        if one not in known
    ]
    if len(comment) > MAX_COMMENT:
        faults.append(
            Fault("comment", "The comment is too long.", f"Use {MAX_COMMENT} characters at most.")
        )
    if faults:
        raise Invalid("The mark cannot be stored.", *faults)
    return person_check(question, items, comment)


def _locked(session: Session, submission_id: str) -> tuple[SubmissionRow, GradeRow]:
    submission = revisions.locked(session, submission_id)
    before = revisions.current(session, submission_id)
    if submission is None or before is None:
        raise Conflict("This submission has not been graded yet: mark it when it has been.")
    return submission, before
