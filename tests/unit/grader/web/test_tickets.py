"""Tickets open one submission's events, for an hour, and nothing else."""

import time

import pytest
from itsdangerous import TimestampSigner

from grader.tickets import TICKET_SECONDS, sign_ticket, ticket_is_valid

SECRET = "s" * 40


def test_a_ticket_opens_its_own_submission() -> None:
    assert ticket_is_valid(SECRET, sign_ticket(SECRET, "one"), "one")


@pytest.mark.parametrize(
    ("secret", "submission"), [("t" * 40, "one"), (SECRET, "two"), (SECRET, "")]
)
def test_another_secret_or_submission_is_refused(secret: str, submission: str) -> None:
    assert not ticket_is_valid(secret, sign_ticket(SECRET, "one"), submission)


@pytest.mark.parametrize("ticket", ["", ".", "a.b.c", "\x00", "é", "one", "." * 5000])
def test_rubbish_is_refused(ticket: str) -> None:
    assert not ticket_is_valid(SECRET, ticket, "one")


def test_a_ticket_ends_after_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = sign_ticket(SECRET, "one")
    later = int(time.time()) + TICKET_SECONDS + 2
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: later)
    assert not ticket_is_valid(SECRET, ticket, "one")
