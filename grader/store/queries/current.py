"""What holds now for a submission: its newest grading, its highest revision, and its state."""

from functools import cache
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import aliased

from grader.store.models import GradeRow, GradingRow, SubmissionRow
from rubrics.outcome import OUR_FAULT

FINAL = frozenset({"graded", "needs_review", "failed"})
"""States in which nothing more happens by itself."""


Columns = TypeVarTuple("Columns")


# Cached, as clauses never change: to build an alias takes longer than the query that uses it.
@cache
def is_current_grade() -> ColumnElement[bool]:
    """Joins a submission to the revision of its grade that counts."""
    other = aliased(GradeRow)
    newest = select(func.max(other.revision)).where(other.submission_id == SubmissionRow.id)
    return (GradeRow.submission_id == SubmissionRow.id) & (
        GradeRow.revision == newest.correlate(SubmissionRow).scalar_subquery()
    )


@cache
def is_current_grading() -> ColumnElement[bool]:
    """Joins a submission to its newest attempt of grading (ids sort by time)."""
    other = aliased(GradingRow)
    newest = select(func.max(other.id)).where(other.submission_id == SubmissionRow.id)
    return GradingRow.id == newest.correlate(SubmissionRow).scalar_subquery()


def with_current(query: Select[*Columns]) -> Select[*Columns]:
    """A select over submissions, joined to what holds now; a grade may not be there yet."""
    graded = query.select_from(SubmissionRow).join(GradingRow, is_current_grading())
    return graded.outerjoin(GradeRow, is_current_grade())


def state_column() -> ColumnElement[str]:
    """The state that pages show, for a query that went through `with_current`."""
    return case(
        (GradingRow.state.in_(("queued", "running")), GradingRow.state),
        (GradeRow.provisional.is_(False), "graded"),
        (or_(GradeRow.id.is_(None), GradeRow.outcome.in_(OUR_FAULT)), "failed"),
        else_="needs_review",
    )
