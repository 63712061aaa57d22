"""Bringing a database's schema to a revision, from code and from the command line alike."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url, text

import migrations
from grader.settings import Settings, SettingsError
from grader.store.session import make_engine

LOCK = 0x7867_7261_64
"""PostgreSQL's advisory lock under which migrations run: "xgrad" in ASCII."""


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate up to a revision. Two at once on one database run one after the other."""
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Migrate down to a revision (`base`: nothing is left)."""
    _run(url, lambda config: command.downgrade(config, revision))


def current(url: str) -> str | None:
    """The revision that the database is at; None if it is empty."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def head() -> str:
    """The newest revision there is. Raises if there are several heads."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    if revision is None:
        raise LookupError("there are no migrations")
    return revision


def is_current(url: str) -> bool:
    """Whether the database is at the newest revision."""
    return current(url) == head()


def _run(url: str, act: Callable[[Config], None]) -> None:
    engine = make_engine(url).execution_options(xgrad_writes=True)
    try:
        with engine.begin() as connection:
            _take_turn(connection)
            config = _config()
            config.attributes["connection"] = connection
            act(config)
    finally:
        engine.dispose()


def _take_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    else:
        # A batch copies and drops whole tables, which no foreign key may object to.
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return config


def main() -> None:
    """`python -m grader.store.migrate`: bring DATABASE_URL to the newest revision."""
    try:
        url = Settings.load().database_url
    except SettingsError as refused:
        raise SystemExit(str(refused)) from None
    shown, before = make_url(url).render_as_string(hide_password=True), current(url)
    upgrade(url)
    after = current(url)
    did = (
        f"is at {after} already" if before == after else f"went from {before or 'empty'} to {after}"
    )
    print(f"The database {shown} {did}.")


if __name__ == "__main__":
    main()
