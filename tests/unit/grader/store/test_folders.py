"""What the service keeps is for its owner alone, or for the group of a shared folder."""

import stat
from pathlib import Path

from grader.store import folders
from grader.store.artefacts import Artefacts
from grader.store.migrate import upgrade
from grader.store.session import Store, make_engine


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def opened(file: Path) -> dict[str, int]:
    """The modes of the database's files while it is in use."""
    store = Store(f"sqlite:///{file}")
    with store.begin() as session:
        session.connection().exec_driver_sql("CREATE TABLE IF NOT EXISTS t (x)")
        found = {one.name: mode(one) for one in file.parent.glob(f"{file.name}*")}
    store.close()
    return found


def test_a_new_database_and_its_folder_are_its_owners_alone(tmp_path: Path) -> None:
    found = opened(tmp_path / "var" / "demo" / "x.db")
    assert found == dict.fromkeys(("x.db", "x.db-wal", "x.db-shm"), 0o600)
    assert mode(tmp_path / "var") == mode(tmp_path / "var" / "demo") == 0o700


def test_an_older_database_is_taken_away_from_others(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    upgrade(f"sqlite:///{file}")
    file.chmod(0o644)
    assert set(opened(file).values()) == {0o600}


def test_in_a_shared_folder_the_group_keeps_its_rights(tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.mkdir()
    var.chmod(0o2775)
    (var / "x.db").touch()
    (var / "x.db").chmod(0o664)
    assert set(opened(var / "x.db").values()) == {0o664}
    make_engine(f"sqlite:///{var / 'more' / 'x.db'}").dispose()
    assert folders.is_shared(var / "more")


def test_artefacts_are_their_owners_alone_from_the_start_and_afterwards(tmp_path: Path) -> None:
    root = tmp_path / "artefacts"
    Artefacts(f"file://{root}").put(b"an answer")
    assert mode(root) == 0o700
    root.chmod(0o755)
    Artefacts(f"file://{root}")
    assert mode(root) == 0o700
