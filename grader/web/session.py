"""Who is signed in, kept in a signed cookie that is made anew at every sign-in."""

from dataclasses import dataclass

from flask import Flask, redirect, session
from flask_login import LoginManager, UserMixin, login_user, logout_user
from werkzeug.wrappers import Response

from grader.bootstrap import Context
from grader.services.people import admitted
from grader.store.queries import dashboard, people
from grader.store.queries.people import PersonView
from grader.web import targets


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The person behind a request, read anew from the database each time."""

    id: str
    username: str
    name: str
    is_admin: bool
    is_staff: bool


def register(app: Flask, ctx: Context) -> None:
    """Sign-in for pages; a page that needs it leads to the sign-in form and back."""
    manager = LoginManager()  # type: ignore[no-untyped-call]
    manager.session_protection = "basic"
    manager.user_loader(lambda person_id: load(ctx, person_id))  # type: ignore[no-untyped-call]
    manager.unauthorized_handler(_ask)  # type: ignore[no-untyped-call]
    manager.init_app(app)  # type: ignore[no-untyped-call]


def load(ctx: Context, person_id: str) -> SignedIn | None:
    """The person with this id, None if they are gone."""
    with ctx.store.read() as reading:
        found = people.person(reading, person_id)
        if found is None or not admitted(ctx, found):
            return None
        staff = found.is_admin or bool(dashboard.courses(reading, person_id))
    return SignedIn(found.id, found.username, found.name, found.is_admin, staff)


def begin(found: PersonView) -> None:
    """Sign in: everything the old session held, its CSRF token too, is thrown away first."""
    session.clear()
    session.permanent = True
    person = SignedIn(found.id, found.username, found.name, found.is_admin, False)
    login_user(person)  # type: ignore[no-untyped-call]


def end() -> None:
    logout_user()  # type: ignore[no-untyped-call]
    session.clear()


def _ask() -> Response:
    return redirect(targets.sign_in_url())
