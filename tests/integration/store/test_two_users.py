"""A worker as root and a portal as nobody keep bytes in the same folders, as compose runs them."""

import contextlib
import dataclasses
import os
import shutil
import sqlite3
import stat
import tempfile
import traceback
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from grader.bootstrap import Context
from grader.services import materialise
from grader.store import folders
from grader.store.artefacts import Artefacts
from grader.store.models import AssignmentVersionRow
from grader.store.session import Store
from rubrics import loader

PAPER = loader.digest(loader.LIBRARY / "autograd" / "paper-1")
GROUP, USERS = 47_001, (47_011, 47_012)

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that others may enter; below it `var`, shared by the group."""
    place = Path(tempfile.mkdtemp(prefix="xgrad-users-"))
    place.chmod(0o755)
    var = place / "var"
    var.mkdir()
    if os.getuid() == 0:
        os.chown(var, USERS[1], GROUP)
    var.chmod(0o2775)
    yield var
    shutil.rmtree(place)


def each_in_turn(act: Callable[[int], None]) -> None:
    """Run it as one user and then as the other; an ordinary user who runs the tests is both."""
    for number, user in enumerate(USERS):
        pid = os.fork()
        if pid == 0:
            _child(act, number, user)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, f"user {number}"


def _child(act: Callable[[int], None], number: int, user: int) -> None:
    code = 1
    try:
        os.umask(0o022)
        if os.getuid() == 0:
            os.setgroups([GROUP])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
        act(number)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def test_both_keep_artefacts_under_the_same_prefix(ctx: Context, place: Path) -> None:
    numbers = (str(number).encode() for number in range(2_000))
    first, second, same = [one for one in numbers if sha256(one).hexdigest()[:2] == "ab"][:3]
    artefacts = Artefacts(f"file://{place}/artefacts")

    def keep(number: int) -> None:
        for data in (same, (first, second)[number]):
            assert artefacts.get(artefacts.put(data)) == data

    each_in_turn(keep)
    assert len(list((place / "artefacts" / "ab").iterdir())) == 3
    assert not list(place.rglob(".*")), "no draft is left"


def test_both_unpack_and_mend_each_others_assignments(
    ctx: Context, classroom: object, place: Path
) -> None:
    materialise.folder(ctx, PAPER)
    database = _copy_for_everyone(ctx, place.parent / "database")
    shared = Artefacts(f"file://{place}/artefacts")
    with ctx.store.read() as session:
        shared.put(ctx.artefacts.get(session.get_one(AssignmentVersionRow, PAPER).archive_sha256))
    cache = place / "cache"

    def unpack(number: int) -> None:
        settings = ctx.settings.model_copy(update={"cache_dir": cache})
        store = Store(f"sqlite:///{database}")
        mine = dataclasses.replace(ctx, settings=settings, store=store, artefacts=shared)
        if number == 1:
            (cache / PAPER / "left by a broken disk").touch()
            materialise._sound.cache_clear()
        assert loader.digest(materialise.folder(mine, PAPER)) == PAPER
        store.close()

    each_in_turn(unpack)


def _copy_for_everyone(ctx: Context, folder: Path) -> Path:
    folder.mkdir()
    folder.chmod(0o777)
    copy = folder / "copy.db"
    with (
        contextlib.closing(sqlite3.connect(ctx.settings.database_url[10:])) as source,
        contextlib.closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    copy.chmod(0o666)
    return copy


def test_where_nobody_shares_it_is_the_owners_alone(ctx: Context, tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    before = os.umask(0o027)
    try:
        folders.make(tmp_path / "a" / "b")
        folders.make(tmp_path / "a" / "b")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700
