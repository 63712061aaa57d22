"""Courses and who is in them."""

from pathlib import Path
from typing import Any

import click

from grader.services import courses, people, roster
from xgrad.commands.admin import handout
from xgrad.service import context, course_id, person_id

ROLES = click.Choice(["student", "grader", "instructor"])


@click.command()
@click.argument("key")
@click.argument("title")
def course(key: str, title: str) -> None:
    """Make a course: a short KEY that people type, and its TITLE."""
    with context() as ctx:
        courses.create(ctx, key, title)
    click.echo(f"Made the course {key}.")


@click.command()
@click.argument("course")
@click.argument("username")
@click.option("--role", type=ROLES, default="student", show_default=True, help="What they may do.")
def enrol(course: str, username: str, role: str) -> None:
    """Give a person a role in a COURSE."""
    with context() as ctx:
        people.enrol(ctx, course_id(ctx, course), person_id(ctx, username), role)
    click.echo(f"{username} is now {role} of {course}.")


@click.command("roster")
@click.argument("course")
@click.argument("file", type=click.File("rb"))
@click.option("--lms-source", default=None, help="The LMS that the column lms_id belongs to.")
@click.option(
    "--passwords",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw passwords for all in the course who have none, into this new file.",
)
def import_roster(course: str, file: Any, lms_source: str | None, out: Path | None) -> None:
    """Enrol everyone of a CSV FILE in a COURSE (username, name, email, role, lms_id)."""
    with context() as ctx, handout.new(out) as sheet:
        text, key = file.read(), course_id(ctx, course)
        report = roster.import_csv(ctx, None, key, text, lms_source=lms_source)
        lacking = people.without_password(ctx, key)
        if sheet is not None:
            handout.fill(ctx, sheet, lacking)
    click.echo(
        f"Made {report.created}, changed {report.updated}, left {report.unchanged} as they were; "
        f"enrolled {report.enrolled}."
    )
    if out is not None:
        click.echo(f"Drew {len(lacking)} passwords into {out}, which only you can read.")
    elif lacking:
        click.echo(
            f"{len(lacking)} people of {course} have no password yet and cannot sign in: the "
            "same command with --passwords FILE draws them, `xgrad admin password` sets one."
        )
