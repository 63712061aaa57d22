"""What a button of a list does: it is done, or was done before, and the list says which."""

from collections.abc import Callable

from flask import flash, redirect
from werkzeug.wrappers import Response

from grader.domain.errors import Conflict


def then(page: str, done: str, act: Callable[[], object]) -> Response:
    """Do it and go back to `page`, which says `done`.

    A second click or another tab asks for what was done already: that is news, not an error page.
    """
    try:
        act()
    except Conflict as before:
        remedies = [f"{one.message} {one.remedy}" for one in before.faults]
        flash(" ".join([before.message, *remedies]), "part")
    else:
        flash(done, "good")
    return redirect(page, 303)
