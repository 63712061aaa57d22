"""A PDF that only shows pages: with scripts, attachments or programs in it, it is refused.

Stripping them would mean rewriting a stranger's PDF; printing it anew is easy for the student.
"""

import re
import zlib
from collections.abc import Iterator

from rubrics.answers.scan.image import BadScan

MOST_INFLATED = 8 * 1024 * 1024
MOST_STREAMS = 20_000

_FORBIDDEN = {
    "JS": "a script",
    "JavaScript": "a script",
    "Launch": "an action that starts a program",
    "EmbeddedFile": "an attached file",
    "EmbeddedFiles": "an attached file",
    "RichMedia": "embedded media",
    "XFA": "a form with scripts",
    "SubmitForm": "a form that sends data",
    "ImportData": "a form that reads data",
    "GoToE": "an embedded document",
    "GoToR": "a link to another file",
    "Encrypt": "a password or encryption",
}
_SHORT = frozenset({"JS", "XFA"})
"""Compressed pixels spell these by chance; no script runs by them alone."""

_STREAM = re.compile(rb"\bstream\r?\n")


def _spelled(name: str) -> str:
    """`/J#61vaScript` is another spelling of `/JavaScript`."""
    return "".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in name)


def _names(*names: str) -> re.Pattern[bytes]:
    """Finds a PDF name among these. One search: a file may hold a million other names."""
    spelled = "|".join(f"(?P<{name}>{_spelled(name)})" for name in names)
    first = "".join(sorted({name[0] for name in names}))
    return re.compile(rf"/(?=[{first}#])(?:{spelled})(?=[\0\t\n\f\r ()<>\[\]{{}}/%]|\Z)".encode())


_ANYWHERE = _names(*(name for name in _FORBIDDEN if name not in _SHORT))
_IN_OBJECTS = _names(*_FORBIDDEN)
_PACKS_OBJECTS = _names("ObjStm")
_FLATE = _names("FlateDecode")
_OTHERWISE = _names("DecodeParms", "DP", "FFilter")


def check_pdf(content: bytes) -> None:
    """Raises BadScan, naming what is not taken."""
    if b"%%EOF" not in content[-2048:]:
        raise BadScan("the PDF breaks off before its end")
    # Also within streams: what counts as one is for the reader's program to say, not for us.
    _refuse(_ANYWHERE, content)
    _refuse(_IN_OBJECTS, b"\n".join(_outside_streams(content)))
    budget = MOST_INFLATED
    for packed in _object_streams(content):
        inflated = _inflate(packed, budget)
        budget -= len(inflated)
        _refuse(_IN_OBJECTS, inflated)


def _refuse(names: re.Pattern[bytes], part: bytes) -> None:
    found = names.search(part)
    if found is not None:
        name = str(found.lastgroup)
        raise BadScan(f"the PDF holds {_FORBIDDEN[name]} (/{name})")


def _outside_streams(content: bytes) -> Iterator[bytes]:
    """Dictionaries and trailers, each up to the stream that follows it."""
    at = 0
    for begin, end in _streams(content):
        yield content[at:begin]
        at = end
    yield content[at:]


def _streams(content: bytes) -> Iterator[tuple[int, int]]:
    """Begin and end of the bytes of each stream, by the first `endstream` after it."""
    at = 0
    for _ in range(MOST_STREAMS):
        found = _STREAM.search(content, at)
        if found is None:
            return
        end = content.find(b"endstream", found.end())
        if end < 0:
            raise BadScan("the PDF is damaged: a part of it has no end")
        yield found.end(), end
        at = end + len(b"endstream")
    raise BadScan("the PDF has too many parts")


def _object_streams(content: bytes) -> Iterator[bytes]:
    """The streams that hold objects of their own, in which anything could be hidden."""
    at = 0
    for begin, end in _streams(content):
        head = content[at:begin].rpartition(b"obj")[2]
        at = end
        if not _PACKS_OBJECTS.search(head):
            continue
        if not _FLATE.search(head) or _OTHERWISE.search(head):
            raise BadScan("the PDF packs its parts in a way that cannot be checked")
        yield content[begin:end]


def _inflate(packed: bytes, budget: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        inflated = unpacker.decompress(packed, budget)
    except zlib.error:
        raise BadScan("the PDF is damaged: a part of it cannot be unpacked") from None
    if len(inflated) >= budget:
        raise BadScan("the PDF unpacks to far more than it should")
    if not unpacker.eof:
        raise BadScan("the PDF is damaged: a part of it cannot be unpacked")
    return inflated
