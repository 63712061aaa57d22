"""What transactions promise, on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from grader.services import courses, people
from grader.store.models import CourseRow, EnrolmentRow, PersonRow


def add(ctx, row):
    with ctx.store.begin() as session:
        session.add(row)


def test_a_block_that_raises_leaves_nothing(ctx):
    def stumble():
        with ctx.store.begin() as session:
            session.add(CourseRow(key="a", title="A", created_at=ctx.clock()))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stumble()
    with ctx.store.read() as session:
        assert session.scalars(select(CourseRow)).all() == []


def test_reading_commits_nothing(ctx):
    try:
        with ctx.store.read() as session:
            session.add(CourseRow(key="a", title="A", created_at=ctx.clock()))
            session.flush()
    except DBAPIError:
        pass  # PostgreSQL refuses at once
    with ctx.store.read() as session:
        assert session.scalars(select(CourseRow)).all() == []


def test_a_reader_sees_one_moment(ctx):
    people.create(ctx, "ada", "Ada")
    with ctx.store.read() as session:
        before = session.execute(text("SELECT count(*) FROM people")).scalar()
        people.create(ctx, "bob", "Bob")
        assert session.execute(text("SELECT count(*) FROM people")).scalar() == before == 1


def test_foreign_keys_hold(ctx):
    row = EnrolmentRow(course_id="no", person_id="no", role="student", created_at=ctx.clock())
    with pytest.raises(IntegrityError):
        add(ctx, row)


def test_checks_hold(ctx):
    course_id, person_id = courses.create(ctx, "a", "A"), people.create(ctx, "ada", "Ada")
    row = EnrolmentRow(course_id=course_id, person_id=person_id, role="god", created_at=ctx.clock())
    with pytest.raises(IntegrityError):
        add(ctx, row)


def test_times_come_back_aware_and_in_utc(ctx, clock):
    clock.now = datetime(2026, 3, 29, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-7)))
    person_id = people.create(ctx, "ada", "Ada")
    with ctx.store.read() as session:
        stored = session.get(PersonRow, person_id).created_at
        assert session.scalar(select(PersonRow).where(PersonRow.created_at == clock.now))
    assert stored == clock.now
    assert stored.utcoffset() == timedelta(0)
    assert stored == datetime(2026, 3, 29, 9, 30, 0, 123456, tzinfo=UTC)


def test_a_time_without_a_zone_never_gets_in(ctx):
    with pytest.raises(StatementError, match="without a time zone"):
        add(ctx, CourseRow(key="a", title="A", created_at=datetime(2026, 1, 1)))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_is_opened_as_it_must_be(ctx):
    expected = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000, "synchronous": 1}
    with ctx.store.read() as session:
        for pragma, value in expected.items():
            assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_readers_do_not_wait_for_a_writer_on_sqlite(ctx):
    with ctx.store.begin() as writer:
        writer.add(CourseRow(key="a", title="A", created_at=ctx.clock()))
        writer.flush()
        with ctx.store.read() as reader:
            assert reader.scalars(select(CourseRow)).all() == []
