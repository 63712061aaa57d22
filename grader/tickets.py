"""Signed tickets that let a browser listen to one submission's events, for an hour.

The web signs one after it has checked who may see the submission; the events process verifies it
without a session, a cookie or a look at the people table.
"""

from itsdangerous import BadData, URLSafeTimedSerializer

TICKET_SECONDS = 3600
_SALT = "xgrad.events.ticket"


def sign_ticket(secret_key: str, submission_id: str) -> str:
    """A URL-safe ticket for the events of `submission_id`."""
    return _serializer(secret_key).dumps(submission_id)


def ticket_is_valid(secret_key: str, ticket: str, submission_id: str) -> bool:
    """Whether `ticket` was signed by us for exactly this submission less than an hour ago."""
    try:
        signed_for: object = _serializer(secret_key).loads(ticket, max_age=TICKET_SECONDS)
    except BadData:
        return False
    return signed_for == submission_id


def _serializer(secret_key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret_key, salt=_SALT)
