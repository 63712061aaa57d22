"""Engines and sessions: one transaction a block, writing or reading."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

from grader.store import folders

BUSY_MS = 30_000
_WRITES = "xgrad_writes"


class Store:
    """The database behind `begin()` (writes) and `read()` (one consistent snapshot)."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self._writers = sessionmaker(
            self.engine.execution_options(**{_WRITES: True}), expire_on_commit=False
        )
        self._readers = sessionmaker(_reading(self.engine), expire_on_commit=False)

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A writing transaction: committed at the end of the block, rolled back if it raises."""
        with self._writers.begin() as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A reading transaction over one snapshot; nothing in it can be committed."""
        # Closing rolls back without expiring, so what was read can still be looked at.
        with self._readers() as session:
            yield session

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def make_engine(url: str) -> Engine:
    """An engine with our rules for its database. A SQLite file's folder is made.

    The file holds answers and grades: others of the machine cannot read it (see `folders`).
    """
    parsed = normalise(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    engine = create_engine(parsed)
    if parsed.database and parsed.database != ":memory:":
        file = Path(parsed.database).absolute()
        folders.make(file.parent)
        # Before the first write: SQLite gives its -wal and -shm the mode that the file has then.
        event.listen(engine, "connect", lambda *_: _withhold(file))
    event.listen(engine, "connect", _open_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _withhold(file: Path) -> None:
    for name in ("", "-wal", "-shm"):
        folders.withhold(file.with_name(file.name + name))


def normalise(url: str) -> URL:
    """The address with psycopg 3 as PostgreSQL's driver, however it was written."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _reading(engine: Engine) -> Engine:
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _open_sqlite(connection: Any, _record: object) -> None:
    # The driver would open transactions by itself, deferred and only before writes: two of them
    # that read first then both write lose one update or end in "database is locked".
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
