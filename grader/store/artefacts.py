"""Bytes that never change, kept under their SHA-256 in any place fsspec can reach."""

import hashlib
import os
import re
from pathlib import Path

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem
from uuid6 import uuid7

from grader.store import folders

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


class ArtefactBroken(Exception):
    """Bytes that are missing, or no longer those that were stored."""


class Artefacts:
    """A content-addressed store at an fsspec address (`file://…`, `s3://…`, `memory://…`)."""

    def __init__(self, url: str) -> None:
        self._fs, root = url_to_fs(url)  # type: ignore[no-untyped-call]
        self._root = str(root).rstrip("/")
        if isinstance(self._fs, LocalFileSystem):
            folders.withhold(Path(self._root))

    def put(self, data: bytes) -> str:
        """Store bytes and return their SHA-256; storing them again changes nothing."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if not self._fs.exists(path):
            self._write(path, data)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes of that SHA-256. Raises `ArtefactBroken` if they are gone or altered."""
        try:
            data = self._read(self._path(sha256))
        except FileNotFoundError as error:
            raise ArtefactBroken(f"artefact {sha256} is missing") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ArtefactBroken(f"artefact {sha256} has been altered")
        return data

    def has(self, sha256: str) -> bool:
        """Whether something is stored under that SHA-256."""
        return bool(self._fs.exists(self._path(sha256)))

    def _path(self, sha256: str) -> str:
        if not _SHA256.match(sha256):
            raise ArtefactBroken("that is not the name of an artefact")
        return f"{self._root}/{sha256[:2]}/{sha256}"

    def _read(self, path: str) -> bytes:
        if isinstance(self._fs, LocalFileSystem):
            return Path(path).read_bytes()  # three times faster than through fsspec's own file
        data: bytes = self._fs.cat_file(path)
        return data

    def _write(self, path: str, data: bytes) -> None:
        if not isinstance(self._fs, LocalFileSystem):
            self._fs.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            self._fs.pipe_file(path, data)  # object stores show a whole object or none
            return
        final = Path(path)
        folders.make(final.parent)
        draft = final.with_name(f".{uuid7()}.draft")
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(final)
