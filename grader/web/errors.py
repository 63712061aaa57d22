"""Every refusal and every failure as a page or as the API's one error shape; never a traceback."""

from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, make_response, redirect, render_template, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from grader.domain.errors import CoolingDown, Fault, Refusal
from grader.web import expired, limits, targets

DRAIN_BYTES = 64 * 1024 * 1024
_log = structlog.get_logger("grader.web")

_SAYS = {
    400: ("bad_request", "The request could not be read.", "Check its form and send it again."),
    401: ("sign_in_failed", "Sign in first.", "Sign in and try again."),
    403: ("forbidden", "This is not open to you.", "Ask the course staff for access."),
    404: ("not_found", "There is nothing at this address.", "Check it, or start from your list."),
    405: ("method_not_allowed", "This address does not take that method.", "See /api/v1/docs."),
    415: ("unsupported_media_type", "This content type is not taken.", "Send JSON or multipart."),
    500: (
        "service_error",
        "Something failed on our side, not yours.",
        "Try again; if it stays, tell the course staff the request id.",
    ),
}


def body(code: str, message: str, faults: tuple[Fault, ...] = ()) -> dict[str, Any]:
    """The one error shape."""
    listed = [{"field": f.field, "message": f.message, "remedy": f.remedy} for f in faults]
    return {"error": {"code": code, "message": message, "faults": listed}}


def answer(status: int, code: str, message: str, faults: tuple[Fault, ...] = ()) -> Response:
    """JSON for programs, a page for people."""
    if wants_json():
        response = jsonify(body(code, message, faults))
    else:
        page = render_template(
            "error.html",
            status=status,
            phrase=HTTPStatus(status).phrase,
            message=message,
            faults=faults,
            request_id=g.get("request_id", ""),
        )
        response = make_response(page)
    response.status_code = status
    return response


def wants_json() -> bool:
    return request.path.startswith(("/api/", "/lms/", "/healthz", "/readyz"))


def register(app: Flask) -> None:
    """Order does not matter: Flask picks the handler of the nearest class."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(RateLimitExceeded, _too_many)
    app.register_error_handler(CSRFError, _no_csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failed)


def _refused(error: Refusal) -> AnyResponse:
    if error.status == 401 and not wants_json():
        return redirect(targets.sign_in_url())
    response = answer(error.status, error.code, error.message, error.faults)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="xgrad"'
    if isinstance(error, CoolingDown):
        response.headers["Retry-After"] = str(targets.seconds_until(error.retry_at))
    return response


def _too_large(_: RequestEntityTooLarge) -> Response:
    limit = (request.max_content_length or 0) / (1024 * 1024)
    _drain()
    # A body within the whole limit was refused for its typed fields or its number of parts.
    small = (request.content_length or 0) <= (request.max_content_length or 0)
    message = (
        "The typed answers together pass 2 MB, or the form has too many parts."
        if small and request.content_length
        else f"The request is larger than the limit of {limit:g} MB."
    )
    fault = Fault("request", message, f"Send at most {limit:g} MB; a script is a few kB.")
    return answer(413, "too_large", message, (fault,))


def _drain() -> None:
    # A server that answers and closes while the body is still coming resets the connection, and
    # the browser then shows its own error page in place of this message.
    left = min(request.content_length or 0, DRAIN_BYTES)
    stream = request.environ["wsgi.input"]
    while left > 0 and (piece := stream.read(min(left, 1 << 20))):
        left -= len(piece)


def _too_many(error: RateLimitExceeded) -> Response:
    message = f"Too many requests: the limit is {error.description}."
    fault = Fault("request", message, "Wait a little, then try again.")
    response = answer(429, "rate_limited", message, (fault,))
    response.headers["Retry-After"] = str(limits.seconds_left())
    return response


def _no_csrf(_: CSRFError) -> Response:
    if request.endpoint in expired.FORMS:
        return expired.answer()
    fault = Fault("csrf_token", "The form is too old or was not ours.", "Reload it and send again.")
    return answer(400, "csrf", "The form could not be trusted.", (fault,))


def _http(error: HTTPException) -> AnyResponse:
    if error.code is None or error.code < 400:
        return error.get_response()
    code, message, remedy = _SAYS.get(error.code, ("refused", error.name, "See /api/v1/docs."))
    return answer(error.code, code, message, (Fault("request", message, remedy),))


def _failed(error: Exception) -> Response:
    _log.error("unexpected error", exc_info=error, path=request.path)
    code, message, remedy = _SAYS[500]
    remedy = f"{remedy} ({g.get('request_id', '')})"
    return answer(500, code, message, (Fault("service", message, remedy),))
