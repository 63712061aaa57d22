"""One signed POST to an address that we did not choose, and nothing more."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version

import requests
from requests_hardened.client import HTTPSession
from requests_hardened.config import Config
from requests_hardened.ip_filter import InvalidIPAddress
from standardwebhooks.webhooks import Webhook

from grader.outbound.retries import retry_after

CONNECT_S = 5
READ_S = 10
GONE = 410


@dataclass(frozen=True)
class Message:
    """What is sent: the same id and body however often it is tried."""

    id: str
    body: str


@dataclass(frozen=True)
class Reply:
    """What came back: a status, or the error that kept us from one (never both)."""

    status: int | None
    error: str
    elapsed_ms: float
    retry_after: timedelta | None = None

    @property
    def delivered(self) -> bool:
        """Only a 2xx counts; a redirect is a failure, since it could lead anywhere."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """The receiver wants no more."""
        return self.status == GONE


def signed_headers(message: Message, secrets: Sequence[str], now: datetime) -> dict[str, str]:
    """The headers of Standard Webhooks, with one signature for each secret (two while rotating)."""
    signatures = (Webhook(secret).sign(message.id, now, message.body) for secret in secrets)
    return {
        "content-type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def send(
    url: str, message: Message, secrets: Sequence[str], now: datetime, *, allow_loopback: bool
) -> Reply:
    """POST `message` to `url`. Private addresses are refused after the name was resolved.

    `allow_loopback` lets this machine's own addresses through, for demos and tests. Never raises
    for what the receiver does.
    """
    headers = signed_headers(message, secrets, now)
    started = time.perf_counter()
    try:
        status, wish = _post(url, message.body, headers, allow_loopback)
    except requests.RequestException as failure:
        return Reply(None, _reason(failure), _ms_since(started))
    error = "" if 200 <= status < 300 else _refusal(status)
    return Reply(status, error, _ms_since(started), retry_after(wish, now))


def _post(
    url: str, body: str, headers: dict[str, str], allow_loopback: bool
) -> tuple[int, str | None]:
    with HTTPSession(_config(allow_loopback)) as session:
        # A proxy named by the environment would resolve the address itself, past the filter.
        session.trust_env = False
        # Streamed and closed unread: nothing in a receiver's body concerns us, however long it is.
        with session.post(url, data=body.encode(), headers=headers, stream=True) as response:
            return response.status_code, response.headers.get("retry-after")


def _config(allow_loopback: bool) -> Config:
    return Config(
        ip_filter_enable=True,
        ip_filter_allow_loopback_ips=allow_loopback,
        never_redirect=True,
        default_timeout=(CONNECT_S, READ_S),
        user_agent_override=f"xgrad/{version('xgrad')}",
    )


def _refusal(status: int) -> str:
    if 300 <= status < 400:
        return f"It answered {status}; redirects are not followed. Register the final address."
    if status == GONE:
        return "It answered 410: the endpoint wants no more, and was switched off."
    return f"It answered {status}."


def _reason(failure: requests.RequestException) -> str:
    """Why nothing came back, in words; the first that fits, so the narrower ones come first."""
    reasons: tuple[tuple[type[Exception], str], ...] = (
        (InvalidIPAddress, "This address belongs to a private network, where nothing is sent."),
        (requests.exceptions.SSLError, "Its certificate could not be verified."),
        (requests.ConnectTimeout, f"It could not be reached within {CONNECT_S} s."),
        (requests.ReadTimeout, f"It did not answer within {READ_S} s."),
        (
            requests.ConnectionError,
            "The connection failed: no such host, or nothing listens there.",
        ),
    )
    found = next((text for kind, text in reasons if isinstance(failure, kind)), None)
    return found or f"The address cannot be used ({type(failure).__name__})."


def _ms_since(started: float) -> float:
    return round(1000 * (time.perf_counter() - started), 3)
