"""What a judge needs to judge submissions again: their answers, and what is kept of their runs."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from grader.bootstrap import Context
from grader.services import grading, runs
from grader.store.artefacts import ArtefactBroken
from grader.store.models import PersonRow, SubmissionRow
from grader.store.queries import submissions
from grader.store.queries.submissions import AnswerView
from rubrics.answers import ParsedAnswer


@dataclass(frozen=True, slots=True)
class Work:
    """One submission as it was handed in; `kept` names its runs' artefacts by key.

    With a `fault` its answers could not be read.
    """

    submission_id: str
    student: str
    attempt: int
    seed: int
    kept: runs.Known
    answers: dict[str, ParsedAnswer]
    fault: str = ""


def load(ctx: Context, submission_ids: Iterable[str]) -> list[Work]:
    """Those submissions, by id."""
    ids = list(submission_ids)
    with ctx.store.read() as session:
        query = (
            select(SubmissionRow.id, PersonRow.username, SubmissionRow.attempt, SubmissionRow.seed)
            .join(PersonRow, PersonRow.id == SubmissionRow.person_id)
            .where(SubmissionRow.id.in_(ids))
            .order_by(SubmissionRow.id)
        )
        rows = session.execute(query).all()
        answers = submissions.answers_of(session, ids)
        kept = runs.of_many(session, ids)
    # Files are read after the session is closed: none stays open over a slow store.
    return [
        Work(*row, kept.get(row[0], {}), *_parsed(ctx, answers.get(row[0], ()))) for row in rows
    ]


def _parsed(ctx: Context, views: Iterable[AnswerView]) -> tuple[dict[str, ParsedAnswer], str]:
    try:
        return {one.question_id: grading.parsed(ctx, one) for one in views}, ""
    except ArtefactBroken as broken:
        return {}, f"A file of it is lost: {broken}."
