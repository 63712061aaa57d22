"""Folders of answers and grades: for their owner alone, or for a group where several users write.

A worker as root and the rest as nobody share ours.
"""

import contextlib
import os
import stat
import tempfile
from pathlib import Path

SHARED = stat.S_ISGID | stat.S_IWGRP


def make(folder: Path) -> None:
    """Make a folder and those above it; in a shared folder they are shared as it is.

    Shared means that its group may write there and hands itself on (mode 2775). Elsewhere they are
    their owner's alone. Made already is as good.
    """
    if folder.is_dir():
        return
    make(folder.parent)
    if not is_shared(folder.parent):
        folder.mkdir(mode=0o700, exist_ok=True)
        return
    # Under another name first: nobody must find it before its mode is set.
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder.parent))
    draft.chmod(0o755)
    share(draft)
    try:
        draft.rename(folder)
    except OSError:
        draft.rmdir()
        if not folder.is_dir():
            raise


def share(folder: Path) -> None:
    """Let the group write in a folder of one's own, if the folder that it is in is shared."""
    if is_shared(folder.parent):
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) | SHARED)


def withhold(path: Path) -> None:
    """Take a file or folder away from all but its owner, unless its folder, or it, is shared.

    What is another's, or not there, stays as it is.
    """
    folder = path if path.is_dir() else path.parent
    with contextlib.suppress(OSError):
        found = path.stat()
        open_to_others = stat.S_IMODE(found.st_mode) & 0o077
        if open_to_others and found.st_uid == os.geteuid() and not is_shared(folder):
            path.chmod(stat.S_IMODE(found.st_mode) & 0o700)


def is_shared(folder: Path) -> bool:
    """Whether whole groups write there."""
    return folder.stat().st_mode & SHARED == SHARED
