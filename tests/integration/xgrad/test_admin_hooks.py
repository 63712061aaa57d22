"""Secrets are rotated, LMS events tried again and extensions granted by the command line."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from grader.store.models import (
    ExtensionRow,
    InboundEventRow,
    LmsIdentityRow,
    LmsSourceRow,
    PersonRow,
    WebhookEndpointRow,
)
from grader.store.session import Store

HOOK = "https://lms.example.org/hook"
NOW = datetime(2027, 1, 1, tzinfo=UTC)


def ok(done: Any) -> str:
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


def secret(done: Any) -> str:
    return ok(done).split("(shown once): ")[1].strip()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'xgrad.db'}")
    yield store
    store.close()


@pytest.fixture
def course(site: Any) -> Any:
    """A course with one student, ada."""
    ok(site("admin", "course", "dl", "Deep learning"))
    ok(site("admin", "roster", "dl", "-", stdin="username,name\nada,Ada Byron\n"))
    return site


def test_an_endpoint_is_rotated_and_removed_by_its_address(course: Any, store: Store) -> None:
    first = secret(course("admin", "endpoint", "dl", HOOK))
    assert secret(course("admin", "rotate-endpoint", "dl", HOOK)) != first
    with store.read() as session:
        row = session.scalars(select(WebhookEndpointRow)).one()
        assert row.old_secret is not None
    wrong = course("admin", "rotate-endpoint", "dl", HOOK + "s")
    assert wrong.returncode == 2
    assert f"Endpoints: {HOOK}." in wrong.stderr
    ok(course("admin", "remove-endpoint", "dl", HOOK))
    with store.read() as session:
        assert not session.scalars(select(WebhookEndpointRow)).one().active
    for again in ("remove-endpoint", "rotate-endpoint"):
        twice = course("admin", again, "dl", HOOK)
        assert (twice.returncode, twice.stdout) == (3, "")
        assert "removed before" in twice.stderr
        assert "xgrad admin endpoint" in twice.stderr


def test_an_lms_is_rotated_told_of_people_and_heard_again(course: Any, store: Store) -> None:
    first = secret(course("admin", "lms-source", "dl", "moodle"))
    assert secret(course("admin", "rotate-lms-source", "dl", "moodle")) != first
    assert "LMSs: moodle." in course("admin", "rotate-lms-source", "dl", "canvas").stderr
    ok(course("admin", "lms-person", "dl", "moodle", "u-17", "ada"))
    with store.read() as session:
        known = session.scalars(select(LmsIdentityRow)).one()
        source = session.scalars(select(LmsSourceRow)).one()
        assert session.get_one(PersonRow, known.person_id).username == "ada"
        assert (known.external_id, source.old_secret is None) == ("u-17", False)
    with store.begin() as session:
        for state in ("parked", "refused", "acted"):
            session.add(event(source.id, state))
    assert "2 events are tried again" in ok(course("admin", "lms-retry", "dl"))
    with store.read() as session:
        states = sorted(session.scalars(select(InboundEventRow.state)))
    assert states == ["acted", "received", "received"]


def event(source_id: str, state: str) -> InboundEventRow:
    return InboundEventRow(
        source_id=source_id,
        event_id=f"msg_{state}",
        body_sha256="0" * 64,
        external_id="u-17",
        name="Ada",
        email="",
        assignment_key="autograd/paper-1",
        state=state,
        received_at=NOW,
        touched_at=NOW,
    )


def test_an_extension_is_granted_by_nobody_and_replaces_the_one_before(
    course: Any, store: Store
) -> None:
    paper = ("dl", "autograd/paper-1")
    unknown = course("admin", "extend", *paper, "ada", "--attempts", "1")
    assert "It has: none yet (xgrad admin publish)." in unknown.stderr
    ok(course("admin", "publish", *paper, "--due", "2027-03-01T23:59+01:00", "--attempts", "2"))
    ok(course("admin", "extend", *paper, "ada", "--attempts", "1", "--reason", "ill"))
    ok(course("admin", "extend", *paper, "ada", "--due", "2027-03-08T23:59+01:00"))
    with store.read() as session:
        row = session.scalars(select(ExtensionRow)).one()
    assert (row.granted_by, row.extra_attempts, row.reason) == (None, 0, "")
    assert row.due_at == datetime(2027, 3, 8, 22, 59, tzinfo=UTC)
