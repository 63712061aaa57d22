"""Headers, the content policy, request ids and size caps: what every answer carries."""

import time
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request

from grader.settings import Settings

MB = 1024 * 1024
TEXT_BYTES = 2 * MB
"""All typed fields of one form together."""

_log = structlog.get_logger("grader.web")


def hook_bytes(settings: Settings) -> int:
    """How many bytes a webhook of an LMS may have: its files are in base64, a third longer.

    Twice an upload leaves room for the event around them; `lms_inbox` takes the same.
    """
    return 2 * settings.max_upload_mb * MB


def content_policy(events_url: str) -> str:
    """No inline script or style, nothing from elsewhere, live events as the only other origin."""
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": f"'self' {events_url}",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def configure(app: Flask, settings: Settings) -> None:
    """Cookie flags and caps. The `__Host-` prefix binds the cookie to this host over HTTPS."""
    secure = settings.secure_cookies
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-xgrad" if secure else "xgrad",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=12 * 3600,
        MAX_CONTENT_LENGTH=settings.max_upload_mb * MB,
        MAX_FORM_MEMORY_SIZE=TEXT_BYTES,
        MAX_FORM_PARTS=400,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=secure,
    )


def guard(app: Flask, settings: Settings) -> None:
    """Give every request an id and every answer its headers and a line in the log."""
    policy = content_policy(settings.events_url)
    app.before_request(_begin)
    app.after_request(lambda response: _finish(response, policy, settings.secure_cookies))


def _begin() -> None:
    g.request_id, g.began = uuid4().hex, time.monotonic()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _finish(response: Response, policy: str, secure: bool) -> Response:
    headers = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
        "X-Request-ID": g.get("request_id", ""),
    }
    if secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
        _log_answer(response)
    return response


def _log_answer(response: Response) -> None:
    took = time.monotonic() - g.get("began", time.monotonic())
    _log.info(
        "request",
        method=request.method,
        path=request.path,
        status=response.status_code,
        ms=round(1000 * took, 1),
    )
