"""Who is signed in, kept in a signed cookie that is made anew at every sign-in.

The cookie holds the person's id and a mark of their password: a new password ends every session.
"""

import hmac
from dataclasses import dataclass

from flask import Flask, redirect, session
from flask_login import LoginManager, UserMixin, login_user, logout_user
from werkzeug.wrappers import Response

from grader.bootstrap import Context
from grader.domain.errors import SignInFailed
from grader.services.people import admitted
from grader.store.queries import dashboard, people
from grader.web import targets


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The person behind a request, read anew from the database each time."""

    id: str
    username: str
    name: str
    is_admin: bool
    is_staff: bool
    mark: str

    def get_id(self) -> str:
        """What the cookie holds."""
        return f"{self.id}.{self.mark}"


def register(app: Flask, ctx: Context) -> None:
    """Sign-in for pages; a page that needs it leads to the sign-in form and back."""
    manager = LoginManager()  # type: ignore[no-untyped-call]
    manager.session_protection = "basic"
    manager.user_loader(lambda stored: restore(ctx, stored))  # type: ignore[no-untyped-call]
    manager.unauthorized_handler(_ask)  # type: ignore[no-untyped-call]
    manager.init_app(app)  # type: ignore[no-untyped-call]


def restore(ctx: Context, stored: str) -> SignedIn | None:
    """The person that a cookie names, None if they are gone or have another password by now."""
    person_id, _, mark = stored.partition(".")
    found = load(ctx, person_id)
    return found if found is not None and found.mark == mark else None


def load(ctx: Context, person_id: str) -> SignedIn | None:
    """The person with this id, None if they are gone."""
    with ctx.store.read() as reading:
        found = people.person(reading, person_id)
        if found is None or not admitted(ctx, found):
            return None
        staff = found.is_admin or bool(dashboard.courses(reading, person_id))
        mark = _mark(ctx, people.password_hash(reading, person_id))
    return SignedIn(found.id, found.username, found.name, found.is_admin, staff, mark)


def _mark(ctx: Context, password_hash: str | None) -> str:
    # Keyed, since a cookie is signed but not secret: it must not help anyone guess the password.
    key, given = ctx.settings.secret_key.encode(), (password_hash or "").encode()
    return hmac.digest(key, given, "sha256").hex()[:32]


def begin(ctx: Context, person_id: str) -> None:
    """Sign in: everything the old session held, its CSRF token too, is thrown away first.

    Raises SignInFailed if the person is gone by now.
    """
    person = load(ctx, person_id)
    if person is None:
        raise SignInFailed("Sign in again.")
    session.clear()
    session.permanent = True
    login_user(person)  # type: ignore[no-untyped-call]


def end() -> None:
    logout_user()  # type: ignore[no-untyped-call]
    session.clear()


def _ask() -> Response:
    return redirect(targets.sign_in_url())
