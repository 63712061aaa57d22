"""Become an ordinary user and run a program: `python as_user.py PROGRAM [ARGUMENT…]`.

Works when the interpreter lies below a folder that only root may enter: in a mount namespace of
its own, such folders are covered, and what is needed below them is bound back.
"""

import os
import sys
import tempfile
from pathlib import Path

import workers
from workers.zygote import syscalls as sc

NOBODY = 65534


def needed() -> list[Path]:
    code = Path(workers.__file__).parent.parent
    return [Path(sys.base_prefix).resolve(), Path(sys.prefix), code]


def barred(path: Path) -> Path | None:
    """The topmost folder on the way to `path` that others may not enter."""
    ways = [one for one in reversed(path.parents) if not one.stat().st_mode & 0o001]
    return ways[0] if ways else None


def open_up(path: Path, folder: Path) -> None:
    aside = Path(tempfile.mkdtemp(dir="/tmp"))
    sc.mount(str(path), str(aside), None, sc.MS_BIND | sc.MS_REC)
    sc.mount("cover", str(folder), "tmpfs", 0, "mode=755")
    path.mkdir(parents=True)
    sc.mount(str(aside), str(path), None, sc.MS_BIND | sc.MS_REC)
    sc.unmount(str(aside))
    aside.rmdir()


def main() -> None:
    sc.unshare(sc.CLONE_NEWNS)
    sc.mount("none", "/", None, sc.MS_REC | sc.MS_PRIVATE)
    for path in needed():
        folder = barred(path)
        if folder is not None:
            open_up(path, folder)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    os.execv(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
