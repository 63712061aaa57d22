"""What a request handler needs from around it: the service's context and who is signed in."""

from typing import Any, cast

from flask import Flask, current_app
from flask_login import current_user

from grader.bootstrap import Context
from grader.domain.errors import SignInFailed
from grader.web.session import SignedIn

_KEY = "xgrad"


def attach(app: Flask, ctx: Context) -> None:
    app.extensions[_KEY] = ctx


def ctx() -> Context:
    """The context the app was made with."""
    return cast(Context, current_app.extensions[_KEY])


def signed_in() -> SignedIn | None:
    """Who is signed in, if anyone."""
    proxy: Any = current_user
    found = proxy._get_current_object()
    return found if isinstance(found, SignedIn) else None


def person() -> SignedIn:
    """Who is signed in. Raises `SignInFailed` where a view forgot to require it."""
    found = signed_in()
    if found is None:
        raise SignInFailed("Sign in first.")
    return found
