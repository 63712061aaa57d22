"""A form that was sent after its session had ended: what was typed in it is given back."""

from typing import NamedTuple

from flask import Response, make_response, render_template, request

from grader.web import current, targets

FORMS = frozenset({"portal.submit", "dashboard.review_save"})
"""Those in which somebody may have typed for an hour."""

_TYPED = ("text.", "code.", "comment")


class Typed(NamedTuple):
    """What one field held, and the question it answered; empty for a comment."""

    question: str
    text: str


def answer() -> Response:
    """A page with all that was typed, and the way back to the form."""
    page = render_template(
        "expired.html",
        typed=typed(),
        filled_in=request.endpoint == "portal.submit",
        signed_in=current.signed_in() is not None,
        again=targets.page_address(),
        sign_in=targets.sign_in_url(),
    )
    response = make_response(page)
    response.status_code = 400
    return response


def typed() -> list[Typed]:
    """The fields that people write in, those that hold something."""
    return [
        Typed(name.split(".")[1] if "." in name else "", text)
        for name, text in request.form.items()
        if name.startswith(_TYPED) and text.strip()
    ]
