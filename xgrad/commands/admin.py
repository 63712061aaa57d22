"""`xgrad admin`: people, courses, rosters, assignments and secrets, on the machine that has them.

Whoever can run it holds the database and its keys, so no sign-in is asked. A secret is printed
once and cannot be shown again.
"""

import secrets
import sys
from datetime import datetime, timedelta
from typing import Any

import click

from grader.domain.policy import Late, Policy
from grader.services import courses, endpoints, lms_sources, people, roster, tokens
from grader.services import publish as publishing
from xgrad.assignments import resolve
from xgrad.service import context, course_id, person_id

ROLES = click.Choice(["student", "grader", "instructor"])
DATE = click.DateTime(["%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M:%S%z"])


def _password(*, from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\n") if from_stdin else secrets.token_urlsafe(12)


@click.group()
def admin() -> None:
    """Make people, courses, rosters, tokens and webhooks; publish assignments."""


@admin.command()
@click.argument("username")
@click.option("--name", required=True, help="The name that people see.")
@click.option("--email", default=None, help="Where to reach them.")
@click.option("--admin", "is_admin", is_flag=True, help="May manage every course.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create(
    username: str, name: str, email: str | None, is_admin: bool, password_stdin: bool
) -> None:
    """Make a person. Without --password-stdin a password is drawn and printed once."""
    password = _password(from_stdin=password_stdin)
    with context() as ctx:
        people.create(ctx, username, name, email=email, password=password, is_admin=is_admin)
    click.echo(f"Made {username}.")
    if not password_stdin:
        click.echo(f"Password (shown once): {password}")


@admin.command()
@click.argument("username")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def password(username: str, password_stdin: bool) -> None:
    """Set a person's password: one drawn and printed once, or one from standard input."""
    chosen = _password(from_stdin=password_stdin)
    with context() as ctx:
        people.set_password(ctx, person_id(ctx, username), chosen)
    click.echo("Set." if password_stdin else f"Password (shown once): {chosen}")


@admin.command()
@click.argument("key")
@click.argument("title")
def course(key: str, title: str) -> None:
    """Make a course: a short KEY that people type, and its TITLE."""
    with context() as ctx:
        courses.create(ctx, key, title)
    click.echo(f"Made the course {key}.")


@admin.command()
@click.argument("course")
@click.argument("username")
@click.option("--role", type=ROLES, default="student", show_default=True, help="What they may do.")
def enrol(course: str, username: str, role: str) -> None:
    """Give a person a role in a COURSE."""
    with context() as ctx:
        people.enrol(ctx, course_id(ctx, course), person_id(ctx, username), role)
    click.echo(f"{username} is now {role} of {course}.")


@admin.command("roster")
@click.argument("course")
@click.argument("file", type=click.File("rb"))
@click.option("--lms-source", default=None, help="The LMS that the column lms_id belongs to.")
def import_roster(course: str, file: Any, lms_source: str | None) -> None:
    """Enrol everyone of a CSV FILE in a COURSE (username, name, email, role, lms_id)."""
    with context() as ctx:
        text = file.read()
        report = roster.import_csv(ctx, None, course_id(ctx, course), text, lms_source=lms_source)
    click.echo(
        f"Made {report.created}, changed {report.updated}, left {report.unchanged} as they were; "
        f"enrolled {report.enrolled}."
    )


@admin.command()
@click.argument("username")
@click.option("--name", default="command line", show_default=True, help="What it is for.")
@click.option(
    "--scope", "scopes", multiple=True, default=("submit", "read"), help="What it may do."
)
def token(username: str, name: str, scopes: tuple[str, ...]) -> None:
    """Issue an API token that acts as a person; printed once."""
    with context() as ctx:
        issued = tokens.issue(ctx, person_id(ctx, username), name, scopes)
    click.echo(f"Token {issued.token_id} (shown once): {issued.token}")


@admin.command()
@click.argument("token_id")
def revoke(token_id: str) -> None:
    """End an API token at once."""
    with context() as ctx:
        tokens.revoke(ctx, None, token_id)
    click.echo("Revoked.")


@admin.command()
@click.argument("course")
@click.argument("assignment")
@click.option("--opens", type=DATE, default=None, help="From when it takes answers.")
@click.option("--due", type=DATE, default=None, help="Until when an answer is in time.")
@click.option("--closes", type=DATE, default=None, help="After which it takes nothing.")
@click.option("--attempts", type=click.IntRange(1), default=None, help="How many there are.")
@click.option("--cooldown", type=click.IntRange(0), default=0, help="Seconds between attempts.")
@click.option(
    "--counts",
    type=click.Choice(["best", "last"]),
    default="best",
    show_default=True,
    help="Which attempt counts.",
)
@click.option(
    "--late-per-day",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Share of the score taken off per started day.",
)
@click.option("--grace", type=click.IntRange(0), default=0, help="Minutes that count as in time.")
def publish(
    *,
    course: str,
    assignment: str,
    opens: datetime | None,
    due: datetime | None,
    closes: datetime | None,
    attempts: int | None,
    cooldown: int,
    counts: str,
    late_per_day: float,
    grace: int,
) -> None:
    """Publish an ASSIGNMENT (a key or a folder) in a COURSE; again to publish its new version.

    Dates carry their offset, such as 2027-03-01T23:59+01:00.
    """
    late = Late(per_day=late_per_day, grace_s=int(timedelta(minutes=grace).total_seconds()))
    dates = {"opens_at": opens, "due_at": due, "closes_at": closes}
    rules = {"late": late, "max_attempts": attempts, "cooldown_s": cooldown, "counts": counts}
    policy = Policy.model_validate(dates | rules)
    folder = resolve(assignment)
    with context() as ctx:
        assignment_id = publishing.publish(ctx, course_id(ctx, course), folder, policy)
        base = ctx.settings.base_url
    click.echo(f"Published {assignment} as {assignment_id}; students find it at {base}")


@admin.command()
@click.argument("course")
@click.argument("url")
def endpoint(course: str, url: str) -> None:
    """Send a COURSE's grades to URL as signed webhooks; prints the secret once."""
    with context() as ctx:
        made = endpoints.add(ctx, None, course_id(ctx, course), url)
    click.echo(f"Endpoint {made.id}. Secret (shown once): {made.secret}")


@admin.command()
@click.argument("course")
@click.argument("name")
def lms_source(course: str, name: str) -> None:
    """Take signed webhooks of an LMS for a COURSE; prints the address and the secret, once."""
    with context() as ctx:
        made = lms_sources.add(ctx, course_id(ctx, course), name)
        address = f"{ctx.settings.base_url}/lms/hooks/{name}"
    click.echo(f"Address: {address}\nSecret (shown once): {made.secret}")
