"""LMSs that send a course's submissions, their secrets, their people, and what was left over."""

import contextlib

import click

from grader.bootstrap import Context
from grader.domain.errors import Conflict
from grader.services import lms_inbox, lms_sources
from grader.store.queries import inbox
from xgrad.faults import EXIT_USAGE, Fault
from xgrad.service import context, course_id, person_id

MOST = 10_000


@click.command()
@click.argument("course")
@click.argument("name")
def lms_source(course: str, name: str) -> None:
    """Take signed webhooks of an LMS for a COURSE; prints the address and the secret, once."""
    with context() as ctx:
        made = lms_sources.add(ctx, course_id(ctx, course), name)
        address = f"{ctx.settings.base_url}/lms/hooks/{name}"
    click.echo(f"Address: {address}\nSecret (shown once): {made.secret}")


@click.command()
@click.argument("course")
@click.argument("name")
def rotate_lms_source(course: str, name: str) -> None:
    """Give the LMS NAME of a COURSE a new secret; the old one is taken too for a week."""
    with context() as ctx:
        made = lms_sources.rotate(ctx, _source_id(ctx, course, name))
    click.echo(f"Secret (shown once): {made.secret}")


@click.command()
@click.argument("course")
@click.argument("name")
@click.argument("lms_id")
@click.argument("username")
def lms_person(course: str, name: str, lms_id: str, username: str) -> None:
    """Say that the LMS NAME of a COURSE means USERNAME by LMS_ID."""
    with context() as ctx:
        source_id, person = _source_id(ctx, course, name), person_id(ctx, username)
        lms_sources.identify(ctx, None, source_id, lms_id, person)
    click.echo(f"{name} means {username} by {lms_id}.")


@click.command()
@click.argument("course")
def lms_retry(course: str) -> None:
    """Act again on every LMS event of a COURSE that was parked or refused."""
    with context() as ctx:
        course_key = course_id(ctx, course)
        with ctx.store.read() as session:
            waiting = inbox.parked(session, course_key, MOST)
        for event in waiting:
            # Someone else may have acted on it meanwhile, which is as good.
            with contextlib.suppress(Conflict):
                lms_inbox.retry(ctx, None, event.id)
    click.echo(f"{len(waiting)} events are tried again; the LMS page shows those that come back.")


def _source_id(ctx: Context, course: str, name: str) -> str:
    course_key = course_id(ctx, course)
    with ctx.store.read() as session:
        known = {one.name: one.id for one in inbox.sources(session, course_key)}
    if name not in known:
        listed = ", ".join(known) or "none yet (xgrad admin lms-source)"
        raise Fault(f"{course} has no LMS '{name}'. LMSs: {listed}.", EXIT_USAGE)
    return known[name]
