"""Migrations: one head, up and down on both databases, and equal to the models."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from grader.store import migrate
from grader.store.models import Base
from grader.store.session import make_engine

REVISIONS = ["0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008"]


@pytest.fixture
def engine(empty_database_url):
    engine = make_engine(empty_database_url)
    yield engine
    engine.dispose()


def tables(engine):
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_there_is_one_head():
    script = ScriptDirectory.from_config(migrate._config())
    assert script.get_heads() == [migrate.head()]
    assert [one.revision for one in script.walk_revisions()] == REVISIONS[::-1]


def test_all_the_way_up_is_what_the_models_say(empty_database_url, engine):
    assert migrate.current(empty_database_url) is None
    assert not migrate.is_current(empty_database_url)
    migrate.upgrade(empty_database_url)
    assert migrate.is_current(empty_database_url)
    assert tables(engine) == set(Base.metadata.tables)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_every_step_goes_down_and_up_again(empty_database_url, engine):
    seen = [set()]
    for revision in REVISIONS:
        migrate.upgrade(empty_database_url, revision)
        seen.append(tables(engine))
    for revision, expected in zip([*REVISIONS[-2::-1], "base"], seen[-2::-1], strict=True):
        migrate.downgrade(empty_database_url, revision)
        assert tables(engine) == expected
    migrate.upgrade(empty_database_url)
    assert migrate.is_current(empty_database_url)


def test_up_twice_is_up_once(empty_database_url):
    migrate.upgrade(empty_database_url)
    migrate.upgrade(empty_database_url)
    assert migrate.is_current(empty_database_url)


def test_names_of_constraints_are_the_same_everywhere(empty_database_url, engine):
    migrate.upgrade(empty_database_url)
    names = {one["name"] for one in inspect(engine).get_unique_constraints("submissions")}
    assert names == {
        "uq_submissions_person_id_assignment_id_attempt",
        "uq_submissions_person_id_idempotency_key",
    }


COURSEWORK = """
    INSERT INTO courses (id, key, title, created_at) VALUES ('c', 'dl', 'DL', '2027-01-01');
    INSERT INTO assignment_versions (digest, key, title, max_score, archive_sha256, created_at)
        VALUES ('d', 'a/b', 'T', 1, 'x', '2027-01-01');
    INSERT INTO assignments
        (id, course_id, key, title, digest, policy, created_at, updated_at)
        VALUES ('a', 'c', 'a/b', 'T', 'd', '{}', '2027-01-01', '2027-01-01');
    INSERT INTO extensions
        (id, assignment_id, person_id, extra_attempts, reason, granted_by, created_at)
        VALUES ('e', 'a', 'old', 1, '', NULL, '2027-01-01')
"""


def test_people_of_the_version_before_are_none_of_the_demo(empty_database_url, engine):
    person = text(
        "INSERT INTO people (id, username, name, is_admin, created_at)"
        " VALUES (:id, :id, 'Ada', false, '2027-01-01')"
    )
    writing = engine.execution_options(xgrad_writes=True)
    migrate.upgrade(empty_database_url, "0007")
    with writing.begin() as connection:
        connection.execute(person, {"id": "old"})
    migrate.upgrade(empty_database_url, "0008")
    with writing.begin() as connection:
        # As the version before writes, while it still serves.
        connection.execute(person, {"id": "new"})
        found = connection.execute(text("SELECT is_demo FROM people")).scalars()
        assert [bool(one) for one in found] == [False, False]
        for statement in COURSEWORK.split(";"):
            connection.execute(text(statement))
    migrate.downgrade(empty_database_url, "0007")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT granted_by FROM extensions")).scalar() == "old"
