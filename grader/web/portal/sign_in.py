"""Signing in and out."""

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_limiter.util import get_remote_address
from werkzeug.wrappers import Response as AnyResponse

from grader.domain.errors import SignInFailed
from grader.services import signin
from grader.web import current, fields, limits, session, targets
from grader.web.portal import portal


@portal.get("/sign-in")
def sign_in() -> AnyResponse:
    """The form; who is signed in already goes on."""
    wanted = request.args.get("next", "")
    if current.signed_in() is not None:
        return redirect(targets.safe_next(wanted))
    return _form(wanted)


@portal.post("/sign-in")
@limits.limiter.limit(
    limits.SIGN_IN_FAILURES, key_func=limits.name_and_address, deduct_when=limits.failed
)
@limits.limiter.limit(
    limits.ADDRESS_FAILURES, key_func=get_remote_address, deduct_when=limits.failed
)
def sign_in_now() -> AnyResponse:
    """Check name and password; a new session begins only if they fit."""
    wanted, username = request.form.get("next", ""), fields.username()
    try:
        person = signin.check(current.ctx(), username, request.form.get("password", ""))
    except SignInFailed as refusal:
        return _form(wanted, username, refusal.message, 401)
    session.begin(current.ctx(), person.id)
    return redirect(targets.safe_next(wanted))


@portal.post("/sign-out")
def sign_out() -> AnyResponse:
    """Forget the session."""
    session.end()
    flash("You are signed out.", "good")
    return redirect(url_for("portal.sign_in"))


def _form(wanted: str, username: str = "", message: str = "", status: int = 200) -> Response:
    page = render_template("portal/sign_in.html", next=wanted, username=username, message=message)
    response = make_response(page)
    response.status_code = status
    return response
