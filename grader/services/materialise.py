"""Versions of assignments as folders on this machine, from their archives."""

import functools
import shutil
import tempfile
from pathlib import Path

from grader.bootstrap import Context
from grader.domain.errors import NotFound
from grader.services.archive import ArchiveBroken, unpack
from grader.store import folders
from grader.store.models import AssignmentVersionRow
from rubrics import loader
from rubrics.schema import Assignment


def folder(ctx: Context, digest: str) -> Path:
    """The folder of that version, made on first use and checked against its digest.

    Raises `NotFound` for an unknown digest, `ArtefactBroken` or `ArchiveBroken` if the archive is
    damaged.
    """
    target = ctx.settings.cache_dir.resolve() / digest
    if not (target.is_dir() and _sound(target, digest)):
        _make(ctx, digest, target)
        _sound.cache_clear()
    return target


def assignment(ctx: Context, digest: str) -> Assignment:
    """The assignment of that version, loaded once per process. Raises as `folder`."""
    return _load(folder(ctx, digest))


@functools.lru_cache(maxsize=256)
def _load(target: Path) -> Assignment:
    return loader.load(target)


@functools.lru_cache(maxsize=256)
def _sound(target: Path, digest: str) -> bool:
    # Hashed once a process: the cache is ours alone, and the check is against disks, not people.
    return loader.digest(target) == digest


def _make(ctx: Context, digest: str, target: Path) -> None:
    data = _archive(ctx, digest)
    folders.make(target.parent)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=target.parent))
    try:
        unpack(data, draft)
        if loader.digest(draft) != digest:
            raise ArchiveBroken(f"the archive of {digest} holds something else")
        draft.chmod(0o755)
        folders.share(draft)  # whoever finds it damaged must be able to move it away
        _put_in_place(draft, target, digest)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _put_in_place(draft: Path, target: Path, digest: str) -> None:
    if target.exists() and loader.digest(target) != digest:
        damaged = Path(tempfile.mkdtemp(prefix=".damaged-", dir=target.parent))
        target.rename(damaged / "was")
        shutil.rmtree(damaged, ignore_errors=True)
    try:
        draft.rename(target)
    except OSError:
        # Another process was first. Its copy is as good, once it has been checked.
        if not target.is_dir() or loader.digest(target) != digest:
            raise


def _archive(ctx: Context, digest: str) -> bytes:
    with ctx.store.read() as session:
        version = session.get(AssignmentVersionRow, digest)
        if version is None:
            raise NotFound("There is no such version of an assignment.")
        sha256 = version.archive_sha256
    return ctx.artefacts.get(sha256)
