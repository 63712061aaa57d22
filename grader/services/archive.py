"""An assignment folder as one artefact: the same folder gives the same bytes, everywhere."""

import io
import tarfile
from pathlib import Path, PurePosixPath

from rubrics.loader import files

MAX_FILES = 1_000
MAX_BYTES = 200 * 1024 * 1024


class ArchiveBroken(Exception):
    """An archive that is not one of ours, or has been altered."""


def pack(folder: Path) -> bytes:
    """The files that define the assignment (no samples), sorted, without times or owners."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path in files(folder):
            content = path.read_bytes()
            member = tarfile.TarInfo(path.relative_to(folder).as_posix())
            member.size = len(content)
            member.mode = 0o644
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def unpack(data: bytes, folder: Path) -> None:
    """Write an archive's files under `folder`. Raises `ArchiveBroken` on anything but plain files.

    Members are written by hand, one by one: no link, device, owner, mode or path that leads out
    of the folder is ever honoured.
    """
    written = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for count, member in enumerate(archive, start=1):
                written += member.size
                if count > MAX_FILES or written > MAX_BYTES:
                    raise ArchiveBroken("the archive is larger than any assignment")
                _write(archive, member, folder)
    except (tarfile.TarError, ValueError, FileExistsError, NotADirectoryError) as error:
        raise ArchiveBroken(f"the archive cannot be read: {error}") from error


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    target = folder / _safe(member)
    source = archive.extractfile(member)
    if source is None:
        raise ArchiveBroken(f"{member.name!r} has no content")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        file.write(source.read())


def _safe(member: tarfile.TarInfo) -> PurePosixPath:
    path = PurePosixPath(member.name)
    unsafe = path.is_absolute() or ".." in path.parts or "\\" in member.name or not path.parts
    if not member.isreg() or unsafe or "\0" in member.name:
        raise ArchiveBroken(f"{member.name!r} is not a plain file inside the assignment")
    return path
