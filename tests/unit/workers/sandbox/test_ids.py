"""Which subordinate ids an ordinary user's children can have, and what is said where none."""

import os
from pathlib import Path

import pytest

from workers.sandbox import ids

NAMES = ("ada", "1815")


@pytest.mark.parametrize(
    ("rows", "start"),
    [
        ("ada:100000:65536\n", 100000),
        ("bob:100000:65536\n1815:200000:4096", 200000),
        ("ada:100000:100\nada:300000:5000\n", 300000),
        ("ada:100000:4095\n", None),
        ("adaa:100000:65536\nada\nada:x:65536\nada:5\n\n#", None),
        ("", None),
    ],
)
def test_the_first_large_range_of_the_user_is_taken(tmp_path: Path, rows: str, start: int | None):
    table = tmp_path / "subuid"
    table.write_text(rows)
    assert ids.first_granted(table, NAMES) == start
    assert ids.first_granted(tmp_path / "none", NAMES) is None


@pytest.fixture
def ordinary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with the tools, ranges for user 1815, and a folder of packages for all to read."""
    tables = [tmp_path / "subuid", tmp_path / "subgid"]
    for table in tables:
        table.write_text("bob:100000:65536\n1815:300000:65536\n")
    for name in ("newuidmap", "newgidmap"):
        (tmp_path / name).touch(mode=0o755)
    status = tmp_path / "status"
    status.write_text("NoNewPrivs:\t0\n")
    monkeypatch.setattr(ids, "USERS", tables[0])
    monkeypatch.setattr(ids, "GROUPS", tables[1])
    monkeypatch.setattr(ids, "PLACES", str(tmp_path))
    monkeypatch.setattr(ids, "STATUS", status)
    monkeypatch.setattr(os, "getuid", lambda: 1815)
    monkeypatch.setattr(os, "getgid", lambda: 1816)
    (tmp_path / "packages" / "torch").mkdir(parents=True)
    return tmp_path


def test_its_own_id_and_a_range_are_mapped(ordinary: Path):
    found = ids.grant([ordinary / "packages"])
    assert found.users[1:] == ("0", "1815", "1", "61000", "300000", "4096")
    assert found.groups[1:] == ("0", "1816", "1", "61000", "300000", "4096")
    assert (found.users[0], found.groups[0]) == (
        str(ordinary / "newuidmap"), str(ordinary / "newgidmap"),
    )  # fmt: skip
    assert found.why == found.remedy == ""


def test_each_thing_that_is_missing_has_its_remedy(ordinary: Path):
    def remedy() -> str:
        found = ids.grant([ordinary / "packages"])
        assert found.why
        assert not found.users
        return found.remedy

    (ordinary / "packages" / "torch").chmod(0o700)
    assert remedy() == f"chmod -R go+rX {ordinary / 'packages' / 'torch'}"
    (ordinary / "status").write_text("NoNewPrivs:\t1\n")
    assert "NoNewPrivileges" in remedy()
    (ordinary / "subgid").write_text("bob:100000:65536\n")
    assert remedy() == "usermod --add-subuids 365536-431071 --add-subgids 365536-431071 1815"
    (ordinary / "newgidmap").unlink()
    assert remedy() == "apt-get install uidmap"


def test_root_needs_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "getuid", lambda: 0)
    assert ids.grant([]) == ids.Grant()
