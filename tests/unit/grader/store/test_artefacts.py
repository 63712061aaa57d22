"""Content-addressed bytes: the same once, verified on the way out, written whole or not at all."""

import hashlib
import threading

import pytest

from grader.store.artefacts import ArtefactBroken, Artefacts


@pytest.fixture(params=["file", "memory"])
def artefacts(request, tmp_path):
    where = tmp_path / "a b" if request.param == "file" else "artefacts-of-" + tmp_path.name
    return Artefacts(f"{request.param}://{where}")


@pytest.mark.parametrize("data", [b"", b"\x00\xff", b"x" * 1_000_000])
def test_what_goes_in_comes_out(artefacts, data):
    sha256 = artefacts.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert artefacts.put(data) == sha256
    assert artefacts.get(sha256) == data
    assert artefacts.has(sha256)


def test_what_is_missing_is_said(artefacts):
    absent = hashlib.sha256(b"never stored").hexdigest()
    assert not artefacts.has(absent)
    with pytest.raises(ArtefactBroken, match="missing"):
        artefacts.get(absent)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_a_name_that_is_no_digest_reaches_no_file(artefacts, name):
    with pytest.raises(ArtefactBroken, match="not the name"):
        artefacts.get(name)


def test_altered_bytes_are_never_handed_out(tmp_path):
    artefacts = Artefacts(f"file://{tmp_path}")
    sha256 = artefacts.put(b"right")
    (tmp_path / sha256[:2] / sha256).write_bytes(b"wrong")
    with pytest.raises(ArtefactBroken, match="altered"):
        artefacts.get(sha256)


def test_many_writers_of_one_artefact_leave_one_file(tmp_path):
    artefacts = Artefacts(f"file://{tmp_path}")
    threads = [threading.Thread(target=artefacts.put, args=(b"same",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_relative_folder_is_below_the_current_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    sha256 = Artefacts("file://var/artefacts").put(b"x")
    assert (tmp_path / "var" / "artefacts" / sha256[:2] / sha256).is_file()
