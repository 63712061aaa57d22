"""Rate limits, counted in Redis so that all web processes share them.

Who is signed in or sends a token has a count of their own: a class behind one address, or a whole
service behind a proxy, must not use up each other's.
"""

from collections.abc import Callable
from hashlib import sha256
from math import ceil
from time import time
from typing import Any, TypeVar, cast

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

from grader.settings import Settings
from grader.web import current, fields

View = TypeVar("View", bound=Callable[..., Any])

SIGN_IN_FAILURES = "10 per 5 minutes; 60 per hour"
"""Per name and address, only failures: a class behind one address signs in unhindered."""

ADDRESS_FAILURES = "100 per 5 minutes"
API = "300 per minute"
SUBMIT = "60 per minute"
HOOKS = "1200 per minute"

# Its own headers would put Retry-After on every answer, and a client that was told 202 would wait.
limiter = Limiter(key_func=get_remote_address)


def register(app: Flask, settings: Settings) -> None:
    """Without Redis each process counts for itself, so guessing stays bounded.

    Addresses are those that the trusted proxies saw, if there are any.
    """
    if settings.trusted_proxies:
        # Nothing but the address is taken from them: host and scheme are settings.
        seen = {"x_for": settings.trusted_proxies, "x_proto": 0, "x_host": 0}
        app.wsgi_app = ProxyFix(app.wsgi_app, **seen)  # type: ignore[method-assign]
    app.config.update(
        RATELIMIT_STORAGE_URI=settings.redis_url,
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_STRATEGY="moving-window",
        RATELIMIT_KEY_PREFIX="xgrad",
    )
    limiter.init_app(app)


def guarded(rate: str) -> Callable[[View], View]:
    """So many requests a caller, and so many refused tokens an address.

    The second is what meets a guesser, whose every token would else have a count of its own.
    """

    def guard(view: View) -> View:
        by_caller = limiter.limit(rate, key_func=caller_key)
        by_address = limiter.limit(
            ADDRESS_FAILURES, key_func=get_remote_address, deduct_when=failed
        )
        return cast(View, by_caller(by_address(view)))

    return guard


def seconds_left() -> int:
    """Until the limit that was just met lets the caller through again."""
    met = limiter.current_limit
    return 60 if met is None else max(1, ceil(met.reset_at - time()))


def failed(response: Response) -> bool:
    return response.status_code == 401


def name_and_address() -> str:
    """The name as signing in reads it, so that no other spelling of it has a count of its own."""
    return f"{fields.username()}|{get_remote_address()}"


def caller_key() -> str:
    """A token's own count, else that of who is signed in; without either, the address's."""
    token = request.headers.get("Authorization", "")
    if token:
        return sha256(token.encode()).hexdigest()
    person = current.signed_in()
    return f"person|{person.id}" if person else get_remote_address()
