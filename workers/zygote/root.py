"""The fork server's own root: a tmpfs with read-only binds of what student code may read.

Made once and inherited by every child, so a child only mounts its box. Nothing else of the
machine is left: no /proc, no programs, no home, no packages but the chosen ones.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from workers.zygote import syscalls as sc

BASE = "/tmp"  # noqa: S108 - any folder: it is covered by a tmpfs in a namespace of our own
BOX = "/home/student"
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")


@dataclass(frozen=True)
class View:
    """What is bound where: each path appears at its own place; `hidden` folders appear empty."""

    binds: tuple[str, ...]
    hidden: tuple[str, ...]
    entries: tuple[str, ...]


def _flags_of(path: str) -> int:
    """Flags a bind must keep when an ordinary user remounts it."""
    held = os.statvfs(path).f_flag
    return held & (sc.MS_NOSUID | sc.MS_NODEV | sc.MS_NOEXEC | 1024 | 2048 | 4096 * 512)


def _read_only(target: str, extra: int = 0) -> None:
    flags = sc.MS_REMOUNT | sc.MS_BIND | sc.MS_RDONLY | sc.MS_NOSUID | extra
    sc.mount("none", target, None, flags | (_flags_of(target) & ~4096))


def _bind(source: str, target: str, extra: int = sc.MS_NODEV) -> None:
    place = Path(target)
    if Path(source).is_dir():
        place.mkdir(parents=True, exist_ok=True)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    sc.mount(source, target, None, sc.MS_BIND | sc.MS_REC)
    _read_only(target, extra)


def _links(root: str) -> None:
    for name in ("lib", "lib64", "bin", "sbin"):
        link = Path("/", name)
        if link.is_symlink():
            Path(root, name).symlink_to(link.readlink())


def build(view: View) -> None:
    """Leave for a mount namespace of our own, with the view as its root. Raises OSError."""
    sc.mount("none", "/", None, sc.MS_REC | sc.MS_PRIVATE)
    sc.mount("root", BASE, "tmpfs", sc.MS_NOSUID | sc.MS_NODEV, "size=1m,nr_inodes=4096,mode=755")
    _links(BASE)
    for path in view.binds:
        _bind(path, BASE + path)
    for path in view.hidden:
        if Path(BASE + path).is_dir():
            sc.mount("hidden", BASE + path, "tmpfs", sc.MS_NOSUID | sc.MS_NODEV, "size=1m,mode=755")
    for path in view.entries:
        _bind(path, BASE + path)
    for path in DEVICES:
        _bind(path, BASE + path, sc.MS_NOEXEC)
    for name in (BOX, "/old"):
        Path(BASE + name).mkdir(parents=True)
    Path(BASE, "tmp").symlink_to(BOX.removeprefix("/"))
    _pivot()


def leave_open() -> None:
    """Only for the tests that ask which layer stops an attack: the machine's files stay in view."""
    sc.mount("none", "/", None, sc.MS_REC | sc.MS_PRIVATE)
    sc.mount("home", "/home", "tmpfs", sc.MS_NOSUID | sc.MS_NODEV, "size=1m,mode=755")
    Path(BOX).mkdir()


def _pivot() -> None:
    sc.syscall("pivot_root", BASE.encode(), f"{BASE}/old".encode())
    os.chdir("/")
    sc.unmount("/old")
    Path("/old").rmdir()
    _read_only("/", sc.MS_NODEV)
