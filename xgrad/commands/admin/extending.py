"""Later dates and extra attempts for one person."""

from datetime import datetime

import click
from sqlalchemy import select

from grader.bootstrap import Context
from grader.services import extensions
from grader.store.models import AssignmentRow
from xgrad.commands.admin.publishing import DATE
from xgrad.faults import EXIT_USAGE, Fault
from xgrad.service import context, course_id, person_id


@click.command()
@click.argument("course")
@click.argument("assignment")
@click.argument("username")
@click.option("--due", type=DATE, metavar="DATE", help="Until when they are in time.")
@click.option("--closes", type=DATE, metavar="DATE", help="Until when they may hand in.")
@click.option("--attempts", type=click.IntRange(0), default=0, help="How many more they have.")
@click.option("--reason", default="", help="Kept with it, for staff.")
def extend(
    *,
    course: str,
    assignment: str,
    username: str,
    due: datetime | None,
    closes: datetime | None,
    attempts: int,
    reason: str,
) -> None:
    """Give USERNAME later dates or more attempts for an ASSIGNMENT (its key) of a COURSE.

    It takes the place of what they were given before. Late penalties that fall away by it are
    taken off their grades. Dates carry their offset from UTC, such as 2027-03-01T23:59+01:00.
    """
    with context() as ctx:
        person, given_to = person_id(ctx, username), _assignment_id(ctx, course, assignment)
        extensions.grant(
            ctx,
            None,
            given_to,
            person,
            due_at=due,
            closes_at=closes,
            extra_attempts=attempts,
            reason=reason,
        )
    click.echo(f"{username} has {_words(due, closes, attempts)}.")


def _words(due: datetime | None, closes: datetime | None, attempts: int) -> str:
    given = [
        f"until {due.isoformat(timespec='minutes')}, in time" if due else "",
        f"until {closes.isoformat(timespec='minutes')} to hand in" if closes else "",
        f"{attempts} more attempt{'' if attempts == 1 else 's'}" if attempts else "",
    ]
    return "; ".join(one for one in given if one) or "no extension any more"


def _assignment_id(ctx: Context, course: str, key: str) -> str:
    course_key = course_id(ctx, course)
    with ctx.store.read() as session:
        query = select(AssignmentRow).where(AssignmentRow.course_id == course_key)
        known = {row.key: row.id for row in session.scalars(query)}
    if key not in known:
        listed = ", ".join(sorted(known)) or "none yet (xgrad admin publish)"
        raise Fault(f"{course} has no assignment '{key}'. It has: {listed}.", EXIT_USAGE)
    return known[key]
