"""Webhooks out and in, and their secrets."""

import click

from grader.services import endpoints, lms_sources
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
@click.argument("name")
def lms_source(course: str, name: str) -> None:
    """Take signed webhooks of an LMS for a COURSE; prints the address and the secret, once."""
    with context() as ctx:
        made = lms_sources.add(ctx, course_id(ctx, course), name)
        address = f"{ctx.settings.base_url}/lms/hooks/{name}"
    click.echo(f"Address: {address}\nSecret (shown once): {made.secret}")
