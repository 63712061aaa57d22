"""The service's context for a command, and the names people type turned into ids."""

import contextlib
import os
import pwd
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import make_url, select

from grader.bootstrap import Context, build
from grader.settings import Settings
from grader.store.models import CourseRow
from grader.store.queries import people
from xgrad.faults import EXIT_USAGE, Fault


@contextlib.contextmanager
def context() -> Iterator[Context]:
    """A context from the environment's settings, closed in the end.

    Raises Fault if there is no such SQLite file: opening it would leave an empty one behind.
    """
    settings = Settings.load()
    _is_there(settings.database_url)
    ctx = replace(build(settings), operator=_user())
    try:
        yield ctx
    finally:
        ctx.close()


def _is_there(url: str) -> None:
    parsed = make_url(url)
    file = parsed.database or ""
    if parsed.get_backend_name() != "sqlite" or file in ("", ":memory:") or Path(file).exists():
        return
    raise Fault(
        f"There is no database {file}. To make it: python -m grader.store.migrate. Another one is "
        "named by DATABASE_URL; that of `make run` by: xgrad admin --folder var/demo …"
    )


def _user() -> str:
    """Who types, as the machine knows them; the environment can say anything."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"


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
