"""User ids for an ordinary user's children, of the ranges that the system grants that user.

Only the set-user-id programs `newuidmap` and `newgidmap` may map them. A child with an id of its
own reads as any other user does: where code or packages are for their owner alone, it cannot.
"""

import os
import pwd
import shutil
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FIRST = 61000
"""The lowest id of a slot, as the fork server sees it: root has those, others map theirs there."""
COUNT = 4096
USERS, GROUPS = Path("/etc/subuid"), Path("/etc/subgid")
PLACES = "/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin"
STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class Grant:
    """The commands that map the groups and then the users of a process, without its id; or `why`
    there are none, and the `remedy`. Root has neither: it needs no grant.
    """

    groups: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    why: str = ""
    remedy: str = ""


def _rows(table: Path) -> list[str]:
    return table.read_text().splitlines() if table.is_file() else []


def first_granted(table: Path, names: Iterable[str]) -> int | None:
    """The start of the first range of at least COUNT ids, in the rows `name:start:count`."""
    for row in _rows(table):
        name, _, numbers = row.partition(":")
        start, _, count = numbers.partition(":")
        if name in names and start.isdecimal() and count.isdecimal() and int(count) >= COUNT:
            return int(start)
    return None


def for_owner_alone(path: Path) -> bool:
    """Whether others may not read a file or folder; what nobody can look at is none."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    needed = 0o5 if stat.S_ISDIR(mode) else 0o4
    return mode & needed != needed and os.access(path, os.R_OK)


def _kept_back(shown: Iterable[Path]) -> Path | None:
    """Of what children are to see, and one level below, something that others may not read."""
    for path in shown:
        below: Iterable[Path] = path.iterdir() if path.is_dir() and os.access(path, os.R_OK) else ()
        for one in (path, *below):
            if for_owner_alone(one):
                return one
    return None


def _names() -> tuple[str, ...]:
    user = os.getuid()
    try:
        return (pwd.getpwuid(user).pw_name, str(user))
    except KeyError:
        return (str(user),)


def _unused() -> int:
    """Where a range can start that no row of the two tables has."""
    rows = [row.split(":")[1:] for table in (USERS, GROUPS) for row in _rows(table)]
    ends = [int(row[0]) + int(row[1]) for row in rows if len(row) == 2 and "".join(row).isdecimal()]
    return max(100_000, *ends, 0)


def _tools() -> tuple[str, str] | None:
    groups, users = (shutil.which(name, path=PLACES) for name in ("newgidmap", "newuidmap"))
    return (groups, users) if groups and users else None


def _no_range(names: tuple[str, ...]) -> Grant:
    start = _unused()
    some = f"{start}-{start + 65535}"
    return Grant(
        why=f"/etc/subuid and /etc/subgid grant {names[0]} no {COUNT} ids",
        remedy=f"usermod --add-subuids {some} --add-subgids {some} {names[0]}",
    )


def _hindered(shown: Iterable[Path]) -> Grant | None:
    """Why the programs could not do their work, or a child not do without the worker's id."""
    if "NoNewPrivs:\t1" in STATUS.read_text():
        remedy = "Run the worker without NoNewPrivileges (systemd) or no-new-privileges (Docker)."
        return Grant(why="newuidmap may not become root", remedy=remedy)
    mine = _kept_back(shown)
    if mine is not None:
        return Grant(why=f"others may not read {mine}", remedy=f"chmod -R go+rX {mine}")
    return None


def grant(shown: Iterable[Path]) -> Grant:
    """What this process can map for children that see the files `shown`; looks, and tries nothing.

    A range that is granted by another source than the two files is not found.
    """
    if os.getuid() == 0:
        return Grant()
    tools, names = _tools(), _names()
    if tools is None:
        return Grant(why="newuidmap is not installed", remedy="apt-get install uidmap")
    group, user = (first_granted(path, names) for path in (GROUPS, USERS))
    if group is None or user is None:
        return _no_range(names)
    return _hindered(shown) or Grant(
        groups=(tools[0], "0", str(os.getgid()), "1", str(FIRST), str(group), str(COUNT)),
        users=(tools[1], "0", str(os.getuid()), "1", str(FIRST), str(user), str(COUNT)),
    )
