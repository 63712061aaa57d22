"""`xgrad admin`: people, courses, rosters, assignments and secrets, on the machine that has them.

Whoever can run it holds the database and its keys, so no sign-in is asked. A secret is printed
once and cannot be shown again.
"""

import click

from xgrad.commands.admin import courses, extending, hooks, lms, people, publishing

COMMANDS = (
    courses.course,
    courses.enrol,
    courses.import_roster,
    hooks.endpoint,
    hooks.remove_endpoint,
    hooks.rotate_endpoint,
    lms.lms_person,
    lms.lms_retry,
    lms.lms_source,
    lms.rotate_lms_source,
    people.create,
    people.password,
    people.revoke,
    people.token,
    publishing.publish,
    extending.extend,
)


@click.group()
def admin() -> None:
    """Make people, courses, rosters, tokens and webhooks; publish assignments."""


for _command in COMMANDS:
    admin.add_command(_command)
