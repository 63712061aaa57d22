"""What the database holds of a demo's course, counted in SQL and not by the service's own code."""

from dataclasses import dataclass

from sqlalchemy import text

from grader.bootstrap import Context

_SUBMISSIONS = """
    SELECT count(*) FROM submissions JOIN assignments ON assignments.id = submissions.assignment_id
    WHERE assignments.course_id = :course
"""
_GRADED = """
    SELECT count(DISTINCT submissions.id) FROM submissions
    JOIN assignments ON assignments.id = submissions.assignment_id
    JOIN gradings ON gradings.submission_id = submissions.id
    JOIN grades ON grades.grading_id = gradings.id
    WHERE assignments.course_id = :course AND gradings.state = 'graded'
"""
_DELIVERED = """
    SELECT count(*) FROM deliveries JOIN outbox ON outbox.id = deliveries.outbox_id
    WHERE outbox.course_id = :course AND deliveries.state = 'delivered'
"""
_OF_THE_LMS = """
    SELECT submissions.id FROM submissions
    JOIN assignments ON assignments.id = submissions.assignment_id
    WHERE assignments.course_id = :course AND submissions.source = 'lms'
"""


@dataclass(frozen=True)
class Counts:
    """Rows of one course."""

    submissions: int
    graded: int
    delivered: int


def count(ctx: Context, course_id: str) -> Counts:
    """Count now."""
    with ctx.store.read() as session:
        numbers = (
            int(session.execute(text(sql), {"course": course_id}).scalar_one())
            for sql in (_SUBMISSIONS, _GRADED, _DELIVERED)
        )
        return Counts(*numbers)


def of_the_lms(ctx: Context, course_id: str) -> str | None:
    """The id of the submission that the LMS's event became, once it was acted on."""
    with ctx.store.read() as session:
        found = session.execute(text(_OF_THE_LMS), {"course": course_id}).scalar()
    return None if found is None else str(found)
