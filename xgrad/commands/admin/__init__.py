"""`xgrad admin`: people, courses, rosters, assignments and secrets, on the machine that has them.

Whoever can run it holds the database and its keys, so no sign-in is asked. A secret is printed
once and cannot be shown again.
"""

import os
from pathlib import Path

import click

from xgrad import local
from xgrad.commands.admin import courses, extending, hooks, listing, lms, people, publishing

COMMANDS = (
    courses.course,
    courses.enrol,
    courses.import_roster,
    hooks.endpoint,
    hooks.remove_endpoint,
    hooks.rotate_endpoint,
    listing.listing,
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


OF_A_FOLDER = ("DATABASE_URL", "XGRAD_ARTEFACTS_URL", "XGRAD_CACHE_DIR")


@click.group()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Work on the data of `xgrad run` in this folder, such as var/demo.",
)
def admin(folder: Path | None) -> None:
    """Make people, courses, rosters, tokens and webhooks; publish assignments."""
    if folder is not None:
        outer = {name: value for name, value in os.environ.items() if name not in OF_A_FOLDER}
        outer = local.remembered(folder) | outer
        local.enter(local.plan(folder, local.PORT, local.EVENTS_PORT, outer))


for _command in COMMANDS:
    admin.add_command(_command)
