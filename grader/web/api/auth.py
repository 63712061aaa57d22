"""Who calls the API: the owner of a bearer token, or for reading only, who is signed in here."""

from flask import request

from grader.domain.errors import Fault, TokenInvalid
from grader.services import tokens
from grader.web import current

READ, SUBMIT = "read", "submit"


def caller(scope: str) -> str:
    """The caller's person id. Raises `TokenInvalid`.

    The session's cookie counts for reading only: a write by cookie would need a CSRF token, and
    no program has one.
    """
    header = request.headers.get("Authorization", "")
    scheme, _, token = header.partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return tokens.authenticate(current.ctx(), token.strip(), scope).id
    reader = current.signed_in() if scope == READ and not header else None
    if reader is not None:
        return reader.id
    raise TokenInvalid(
        "This needs an API token.",
        Fault("Authorization", "No bearer token was sent.", "Send `Authorization: Bearer xg_…`."),
    )
