"""Become an ordinary user and run a program: `python as_user.py [--ids] PROGRAM [ARGUMENT…]`.

With `--ids` the user is granted subordinate ids, without it none, whatever the machine's own tables
say; it is in a group besides its own.

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
GROUP = 47001


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


def grant(rows: str) -> None:
    for name in ("/etc/subuid", "/etc/subgid"):
        with tempfile.NamedTemporaryFile("w") as file:
            file.write(rows)
            file.flush()
            Path(file.name).chmod(0o644)
            Path(name).touch()
            sc.mount(file.name, name, None, sc.MS_BIND)


def main() -> None:
    granted = sys.argv[1] == "--ids"
    command = sys.argv[1 + granted :]
    sc.unshare(sc.CLONE_NEWNS)
    sc.mount("none", "/", None, sc.MS_REC | sc.MS_PRIVATE)
    for path in needed():
        folder = barred(path)
        if folder is not None:
            open_up(path, folder)
    grant(f"{NOBODY}:700000:65536\n" if granted else "")
    os.setgroups([GROUP])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
