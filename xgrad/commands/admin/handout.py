"""A sheet of drawn passwords to hand out, which only its owner can read."""

import contextlib
import csv
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from grader.bootstrap import Context
from grader.services import passwords, people
from grader.store.queries.people import PersonView
from xgrad.faults import EXIT_USAGE, Fault


@contextlib.contextmanager
def new(path: Path | None) -> Iterator[TextIO | None]:
    """A new file of mode 0600, gone again if what follows fails; None without a path.

    Raises Fault if there is such a file already: it may hold passwords that are not in use yet.
    """
    if path is None:
        yield None
        return
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Fault(f"{path} is there already. Name another file.", EXIT_USAGE) from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as sheet:
            yield sheet
    except BaseException:
        path.unlink()
        raise


def fill(ctx: Context, sheet: TextIO, who: Sequence[PersonView]) -> None:
    """Draw a password for each and store it; it is on the disk before it is good for anything."""
    drawn = {person.id: passwords.draw() for person in who}
    rows = csv.writer(sheet)
    rows.writerow(["username", "name", "password"])
    rows.writerows([person.username, person.name, drawn[person.id]] for person in who)
    sheet.flush()
    os.fsync(sheet.fileno())
    people.first_passwords(ctx, drawn)
