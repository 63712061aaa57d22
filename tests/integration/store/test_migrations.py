"""Migrations: one head, up and down on both databases, and equal to the models."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

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
