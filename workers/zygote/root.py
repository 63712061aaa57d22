"""The fork server's own root: a tmpfs with read-only binds of what student code may read.

Made once and inherited by every child, so a child only mounts its box. Nothing else of the
machine is left: no /proc, no programs, no home, no packages but the chosen ones.
"""

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from workers.zygote import syscalls as sc

PLACES = ("/mnt", "/media", "/srv", "/run", "/tmp")  # noqa: S108 - covered in our namespace only
BOX = "/home/student"
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")


@dataclass(frozen=True)
class View:
    """What is bound where: each path appears at its own place.

    Of the `binds`, folders that are `hidden` hold the `entries` alone; those `covered` are empty,
    though they lie in an entry.
    """

    binds: tuple[str, ...]
    hidden: tuple[str, ...]
    entries: tuple[str, ...]
    covered: tuple[str, ...]


def _flags_of(path: str) -> int:
    """Flags a bind must keep when an ordinary user remounts it."""
    held = os.statvfs(path).f_flag
    return held & (sc.MS_NOSUID | sc.MS_NODEV | sc.MS_NOEXEC | 1024 | 2048 | 4096 * 512)


def read_only(target: str, extra: int = 0) -> None:
    """The mount and, where the kernel can do that, all below it: a bind takes those along.

    Raises OSError.
    """
    try:
        sc.restrict_mounts(target, sc.MS_RDONLY | sc.MS_NOSUID | extra)
    except OSError as fault:
        if fault.errno != errno.ENOSYS:
            raise
        _read_only_at_top(target, extra)


def _read_only_at_top(target: str, extra: int) -> None:
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
    read_only(target, extra)


def _links(root: str) -> None:
    for name in ("lib", "lib64", "bin", "sbin"):
        link = Path("/", name)
        if link.is_symlink():
            Path(root, name).symlink_to(link.readlink())


def _hide(base: str, paths: tuple[str, ...]) -> list[str]:
    """Lay an empty folder over each of those that are there."""
    found = [base + path for path in paths if Path(base + path).is_dir()]
    for path in found:
        sc.mount("hidden", path, "tmpfs", sc.MS_NOSUID | sc.MS_NODEV, "size=1m,mode=755")
    return found


def place(paths: tuple[str, ...]) -> str:
    """Where the new root is put together: a folder that hides none of `paths` when covered.

    An installation may lie below any of them, `/tmp` included. Raises OSError if none will do.
    """
    for folder in PLACES:
        if Path(folder).is_dir() and not any(path.startswith(folder + "/") for path in paths):
            return folder
    raise FileNotFoundError(f"none of {', '.join(PLACES)} is free to build the root in")


def build(view: View) -> None:
    """Leave for a mount namespace of our own, with the view as its root. Raises OSError."""
    base = place(view.binds + view.entries)
    sc.mount("none", "/", None, sc.MS_REC | sc.MS_PRIVATE)
    sc.mount("root", base, "tmpfs", sc.MS_NOSUID | sc.MS_NODEV, "size=1m,nr_inodes=4096,mode=755")
    _links(base)
    for path in view.binds:
        _bind(path, base + path)
    hidden = _hide(base, view.hidden)
    for path in view.entries:
        _bind(path, base + path)
    for path in hidden + _hide(base, view.covered):
        read_only(path, sc.MS_NODEV)
    for path in DEVICES:
        _bind(path, base + path, sc.MS_NOEXEC)
    for name in (BOX, "/old"):
        Path(base + name).mkdir(parents=True)
    if not Path(base, "tmp").exists():  # an installation below /tmp; then tempfile finds the box
        Path(base, "tmp").symlink_to(BOX.removeprefix("/"))
    _pivot(base)


def leave_open() -> None:
    """Only for the tests that ask which layer stops an attack: the machine's files stay in view."""
    sc.mount("none", "/", None, sc.MS_REC | sc.MS_PRIVATE)
    sc.mount("home", "/home", "tmpfs", sc.MS_NOSUID | sc.MS_NODEV, "size=1m,mode=755")
    Path(BOX).mkdir()


def _pivot(base: str) -> None:
    sc.syscall("pivot_root", base.encode(), f"{base}/old".encode())
    os.chdir("/")
    sc.unmount("/old")
    Path("/old").rmdir()
    _read_only_at_top("/", sc.MS_NODEV)  # the devices lie below it
