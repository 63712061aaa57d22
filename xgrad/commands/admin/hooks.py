"""Where a course's grades are sent as webhooks, and their secrets."""

import click

from grader.bootstrap import Context
from grader.services import endpoints
from grader.store.queries import webhooks
from xgrad.faults import EXIT_USAGE, Fault
from xgrad.service import context, course_id


@click.command()
@click.argument("course")
@click.argument("url")
def endpoint(course: str, url: str) -> None:
    """Send a COURSE's grades to URL as signed webhooks; prints the secret once."""
    with context() as ctx:
        made = endpoints.add(ctx, None, course_id(ctx, course), url)
    click.echo(f"Endpoint {made.id}. Secret (shown once): {made.secret}")


@click.command()
@click.argument("course")
@click.argument("url")
def rotate_endpoint(course: str, url: str) -> None:
    """Give the endpoint URL of a COURSE a new secret; the old one signs too for a week."""
    with context() as ctx:
        made = endpoints.rotate(ctx, None, _endpoint_id(ctx, course, url))
    click.echo(f"Secret (shown once): {made.secret}")


@click.command()
@click.argument("course")
@click.argument("url")
def remove_endpoint(course: str, url: str) -> None:
    """Send nothing of a COURSE to URL any more; the log of what was sent stays."""
    with context() as ctx:
        endpoints.remove(ctx, None, _endpoint_id(ctx, course, url))
    click.echo("Removed.")


def _endpoint_id(ctx: Context, course: str, url: str) -> str:
    course_key = course_id(ctx, course)
    with ctx.store.read() as session:
        known = {one.url: one.id for one in webhooks.endpoints(session, course_key)}
    if url not in known:
        listed = ", ".join(known) or "none yet (xgrad admin endpoint)"
        raise Fault(f"{course} has no endpoint '{url}'. Endpoints: {listed}.", EXIT_USAGE)
    return known[url]
