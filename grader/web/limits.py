"""Rate limits, counted in Redis so that all web processes share them."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar, cast

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from grader.settings import Settings

View = TypeVar("View", bound=Callable[..., Any])

SIGN_IN_FAILURES = "10 per 5 minutes; 60 per hour"
"""Per name and address, only failures: a class behind one address signs in unhindered."""

ADDRESS_FAILURES = "100 per 5 minutes"
API = "300 per minute"
SUBMIT = "60 per minute"
HOOKS = "1200 per minute"

limiter = Limiter(key_func=get_remote_address, headers_enabled=True)


def register(app: Flask, settings: Settings) -> None:
    """Without Redis each process counts for itself, so guessing stays bounded."""
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


def failed(response: Response) -> bool:
    return response.status_code == 401


def name_and_address() -> str:
    name = request.form.get("username", "")[:150].strip().lower()
    return f"{name}|{get_remote_address()}"


def caller_key() -> str:
    """A token's own count; without one, the address's."""
    token = request.headers.get("Authorization", "")
    return sha256(token.encode()).hexdigest() if token else get_remote_address()
