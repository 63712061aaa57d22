"""What there is: people, courses, tokens and endpoints, with the names that other commands take."""

from collections.abc import Callable, Iterator

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.store.models import (
    ApiTokenRow,
    CourseRow,
    EnrolmentRow,
    PersonRow,
    WebhookEndpointRow,
)
from xgrad.service import context

Lines = Iterator[tuple[str, ...]]


def _people(session: Session) -> Lines:
    yield ("USERNAME", "NAME", "EMAIL", "COURSES")
    roles: dict[str, list[str]] = {}
    joined = select(EnrolmentRow.person_id, CourseRow.key, EnrolmentRow.role).join(
        CourseRow, CourseRow.id == EnrolmentRow.course_id
    )
    for person_id, key, role in session.execute(joined.order_by(CourseRow.key)):
        roles.setdefault(person_id, []).append(f"{key} ({role})")
    for one in session.scalars(select(PersonRow).order_by(PersonRow.username)):
        every = (["all (admin)"] if one.is_admin else []) + roles.get(one.id, [])
        yield (one.username, one.name, one.email or "", ", ".join(every))


def _courses(session: Session) -> Lines:
    yield ("KEY", "TITLE", "PEOPLE")
    counts = dict(
        session.execute(
            select(EnrolmentRow.course_id, func.count()).group_by(EnrolmentRow.course_id)
        ).all()
    )
    for one in session.scalars(select(CourseRow).order_by(CourseRow.key)):
        yield (one.key, one.title, str(counts.get(one.id, 0)))


def _tokens(session: Session) -> Lines:
    yield ("TOKEN_ID", "USERNAME", "NAME", "SCOPES", "MADE", "STATE")
    found = select(ApiTokenRow, PersonRow.username).join(
        PersonRow, PersonRow.id == ApiTokenRow.person_id
    )
    for one, username in session.execute(found.order_by(ApiTokenRow.id)):
        state = "revoked" if one.revoked_at else "active"
        if one.expires_at and not one.revoked_at:
            state = f"until {one.expires_at:%Y-%m-%d}"
        made = f"{one.created_at:%Y-%m-%d}"
        yield (one.id, username, one.name, " ".join(one.scopes), made, state)


def _endpoints(session: Session) -> Lines:
    yield ("COURSE", "URL", "STATE")
    found = select(WebhookEndpointRow, CourseRow.key).join(
        CourseRow, CourseRow.id == WebhookEndpointRow.course_id
    )
    for one, key in session.execute(found.order_by(CourseRow.key, WebhookEndpointRow.url)):
        yield (key, one.url, "active" if one.active else f"off: {one.disabled_reason}")


KINDS: dict[str, Callable[[Session], Lines]] = {
    "people": _people,
    "courses": _courses,
    "tokens": _tokens,
    "endpoints": _endpoints,
}


@click.command("list")
@click.argument("what", type=click.Choice(list(KINDS)))
def listing(what: str) -> None:
    """List people, courses, tokens (without their secrets) or endpoints, tab-separated."""
    with context() as ctx, ctx.store.read() as session:
        for line in KINDS[what](session):
            click.echo("\t".join(line))
