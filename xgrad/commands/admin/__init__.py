"""`xgrad admin`: people, courses, rosters, assignments and secrets, on the machine that has them.

Whoever can run it holds the database and its keys, so no sign-in is asked. A secret is printed
once and cannot be shown again.
"""

import click

from xgrad.commands.admin import courses, hooks, people, publishing

COMMANDS = (
    courses.course,
    courses.enrol,
    courses.import_roster,
    hooks.endpoint,
    hooks.lms_source,
    people.create,
    people.password,
    people.revoke,
    people.token,
    publishing.publish,
)


@click.group()
def admin() -> None:
    """Make people, courses, rosters, tokens and webhooks; publish assignments."""


for _command in COMMANDS:
    admin.add_command(_command)
