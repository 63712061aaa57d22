"""The service's context for a command, and the names people type turned into ids."""

import contextlib
from collections.abc import Iterator

from sqlalchemy import select

from grader.bootstrap import Context, build
from grader.settings import Settings
from grader.store.models import CourseRow
from grader.store.queries import people
from xgrad.faults import EXIT_USAGE, Fault


@contextlib.contextmanager
def context() -> Iterator[Context]:
    """A context from the environment's settings, closed in the end."""
    ctx = build(Settings.load())
    try:
        yield ctx
    finally:
        ctx.close()


def course_id(ctx: Context, key: str) -> str:
    """The id of the course of that key. Raises Fault that lists the courses there are."""
    with ctx.store.read() as session:
        known = {row.key: row.id for row in session.scalars(select(CourseRow))}
    if key not in known:
        listed = ", ".join(sorted(known)) or "none yet (xgrad admin course)"
        raise Fault(f"There is no course '{key}'. Courses: {listed}.", EXIT_USAGE)
    return known[key]


def person_id(ctx: Context, username: str) -> str:
    """The id of the person of that username. Raises Fault if there is none."""
    with ctx.store.read() as session:
        found = people.by_username(session, username)
    if found is None:
        raise Fault(f"There is no person '{username}'. Make one: xgrad admin create", EXIT_USAGE)
    return found.id
