"""Assignments as archives: the same bytes for the same folder, and nothing gets out of one."""

import io
import shutil
import tarfile

import pytest

from grader.services import archive
from grader.services.archive import ArchiveBroken
from rubrics import loader

PAPER = loader.LIBRARY / "autograd" / "paper-1"


def tar(*members):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as made:
        for named, content in members:
            member = tarfile.TarInfo(named) if isinstance(named, str) else named
            member.size = len(content)
            made.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def link(name, target, kind):
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


def test_there_and_back_is_the_same_assignment(tmp_path):
    data = archive.pack(PAPER)
    archive.unpack(data, tmp_path / "out")
    assert loader.digest(tmp_path / "out") == loader.digest(PAPER)
    assert not (tmp_path / "out" / "samples").exists()
    assert (tmp_path / "out" / "reference.py").is_file()


def test_times_owners_and_modes_make_no_difference(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(PAPER, copy, copy_function=shutil.copyfile)
    (copy / "reference.py").chmod(0o700)
    (copy / "__pycache__").mkdir(exist_ok=True)
    (copy / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert archive.pack(copy) == archive.pack(PAPER)


HOSTILE = {
    "a parent": tar(("../evil.py", b"x")),
    "a parent further in": tar(("a/../../evil.py", b"x")),
    "an absolute path": tar(("/evil.py", b"x")),
    "a backslash": tar(("..\\evil.py", b"x")),
    "a symbolic link": tar((link("evil", "/etc/passwd", tarfile.SYMTYPE), b"")),
    "a hard link": tar((link("evil", "assignment.yaml", tarfile.LNKTYPE), b"")),
    "a device": tar((link("evil", "", tarfile.CHRTYPE), b"")),
    "a pipe": tar((link("evil", "", tarfile.FIFOTYPE), b"")),
    "the folder itself": tar((".", b"")),
    "too many files": tar(*[(f"f{n}", b"") for n in range(archive.MAX_FILES + 1)]),
    "not an archive": b"PK\x03\x04 a zip",
    "nothing": b"",
    "cut off": archive.pack(PAPER)[:700],
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_nothing_gets_out_of_an_archive(tmp_path, data):
    inside = tmp_path / "a" / "inside"
    inside.mkdir(parents=True)
    with pytest.raises(ArchiveBroken):
        archive.unpack(data, inside)
    outside = {path for path in tmp_path.rglob("*") if inside not in path.parents}
    assert outside == {tmp_path / "a", inside}


@pytest.mark.parametrize("second", ["a", "a/b"])
def test_a_file_twice_is_refused(tmp_path, second):
    with pytest.raises(ArchiveBroken):
        archive.unpack(tar(("a", b"1"), (second, b"2")), tmp_path)


def test_a_size_that_lies_is_refused_before_anything_is_written(tmp_path):
    member = tarfile.TarInfo("big")
    member.size = archive.MAX_BYTES + 1
    with pytest.raises(ArchiveBroken, match="larger"):
        archive.unpack(member.tobuf() + b"x" * 1024, tmp_path)
    assert list(tmp_path.iterdir()) == []
