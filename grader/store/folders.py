"""Folders in which several users write: a worker as root and the rest as nobody share ours."""

import stat
import tempfile
from pathlib import Path

SHARED = stat.S_ISGID | stat.S_IWGRP


def make(folder: Path) -> None:
    """Make a folder and those above it; in a shared folder they are shared as it is.

    Shared means that its group may write there and hands itself on (mode 2775). Elsewhere the
    umask says who may. Made already is as good.
    """
    if folder.is_dir():
        return
    make(folder.parent)
    if not is_shared(folder.parent):
        folder.mkdir(exist_ok=True)
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


def is_shared(folder: Path) -> bool:
    """Whether whole groups write there."""
    return folder.stat().st_mode & SHARED == SHARED
