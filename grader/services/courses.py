"""Making courses."""

import re

from sqlalchemy import select

from grader.bootstrap import Context
from grader.domain.errors import Conflict, Fault, Invalid
from grader.services.audit import note
from grader.store.models import CourseRow

MAX_TITLE = 200

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}\Z")


def create(ctx: Context, key: str, title: str, *, actor_id: str | None = None) -> str:
    """Make a course and return its id. Raises Invalid with every fault, Conflict."""
    found = _faults(key, title.strip())
    if found:
        raise Invalid("The course cannot be created.", *found)
    with ctx.store.begin() as session:
        if session.scalar(select(CourseRow.id).where(CourseRow.key == key)) is not None:
            fault = Fault("key", f"{key} is taken.", "Choose another.")
            raise Conflict("There is a course of that key already.", fault)
        row = CourseRow(key=key, title=title.strip(), created_at=ctx.clock())
        session.add(row)
        session.flush()
        note(ctx, session, "course.created", row.id, actor_id=actor_id, course_id=row.id)
    return row.id


def _faults(key: str, title: str) -> list[Fault]:
    found = []
    if not _KEY.match(key):
        remedy = "Use lower-case letters, digits, - and _, such as dl-2026."
        found.append(Fault("key", f"{key[:40]!r} cannot be used.", remedy))
    if not title or len(title) > MAX_TITLE or not title.isprintable():
        remedy = f"Use 1 to {MAX_TITLE} printable characters."
        found.append(Fault("title", "The title cannot be used.", remedy))
    return found
