"""Keys that sign webhooks, in the form of Standard Webhooks (`whsec_…`)."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from grader.bootstrap import Context
from grader.store.models import LmsSourceRow, WebhookEndpointRow

OLD_KEY_LIVES = timedelta(days=7)
"""How long the key before the newest one still signs and is accepted."""


@dataclass(frozen=True, slots=True)
class NewSecret:
    """Something that was made or rotated, and its key, which is never shown again."""

    id: str
    secret: str


def new_key() -> str:
    """A fresh key of 256 bits."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def valid(row: LmsSourceRow | WebhookEndpointRow, now: datetime) -> tuple[str, ...]:
    """The sealed keys that count at `now`, the newest first: two while one is rotated."""
    until = row.old_secret_until
    if row.old_secret is None or until is None or until <= now:
        return (row.secret,)
    return (row.secret, row.old_secret)


def rotate(ctx: Context, row: LmsSourceRow | WebhookEndpointRow) -> NewSecret:
    """Give the row a new key; the old one goes on working beside it for a while."""
    secret = new_key()
    row.old_secret, row.secret = row.secret, ctx.vault.seal(secret)
    row.old_secret_until = ctx.clock() + OLD_KEY_LIVES
    return NewSecret(row.id, secret)
