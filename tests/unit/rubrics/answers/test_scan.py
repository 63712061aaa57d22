"""Scans: known by their bytes, measured without decoding, refused with programs in them."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.answers import MalformedAnswer, RawAnswer
from rubrics.answers.scan.parse import parse
from rubrics.answers.scan.spec import ScanSpec

SPEC = ScanSpec(kind="scan", max_files=3, max_mb=1)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 4, height: int = 4, end: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff\xff\xff\xff" * 4)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body + end


def jpeg(width: int = 4, height: int = 4, marker: int = 0xC0) -> bytes:
    exif = b"\xff\xe1\x00\x10Exif\0\0" + b"\0" * 8
    frame = struct.pack(">BBHBHHB", 0xFF, marker, 17, 8, height, width, 3) + b"\0" * 9
    return b"\xff\xd8" + exif + b"\xff" + frame + b"\xff\xda\0\2\xff\xd9"


def pdf(catalog: bytes = b"", extra: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R " + catalog + b" >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj\n" + extra + b"trailer << >>\n%%EOF\n"
    )


def packed(content: bytes, head: bytes = b"/Type /ObjStm /Filter /FlateDecode") -> bytes:
    return b"5 0 obj << " + head + b" >> stream\n" + content + b"\nendstream endobj\n"


@pytest.mark.parametrize(
    ("name", "content", "page"),
    [
        ("a.png", png(), {"type": "png", "width": 4, "height": 4}),
        ("photo", png(300, 200), {"type": "png", "width": 300, "height": 200}),
        ("a.jpg", jpeg(30, 20), {"type": "jpeg", "width": 30, "height": 20}),
        ("a.jpg", jpeg(30, 20, marker=0xC2), {"type": "jpeg", "width": 30, "height": 20}),
        ("a.pdf", pdf(), {"type": "pdf"}),
        ("wrong-name.png", pdf(), {"type": "pdf"}),
        ("links.pdf", pdf(b"/OpenAction [3 0 R /Fit] /URI (http://x)"), {"type": "pdf"}),
        ("packed.pdf", pdf(extra=packed(zlib.compress(b"1 0 << /Type /Page >>"))), {"type": "pdf"}),
        ("noise.pdf", pdf(extra=packed(b"\x01/JS \x02/XFA ", b"/Length 9")), {"type": "pdf"}),
    ],
)
def test_what_is_taken(name: str, content: bytes, page: dict[str, object]) -> None:
    found = parse(SPEC, RawAnswer(kind="scan", files={name: content}))
    assert isinstance(found.data, dict)
    assert found.data["pages"] == [
        {"name": next(iter(found.files)), "given": name, "bytes": len(content), **page}
    ]
    assert list(found.files.values()) == [content]


def test_pages_get_names_of_our_own() -> None:
    files = {"../../x.png": png(), "<b>.jpg": jpeg(), "\u202egpj.exe": pdf()}
    found = parse(SPEC, RawAnswer(kind="scan", files=files))
    assert list(found.files) == ["page-01.png", "page-02.jpg", "page-03.pdf"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"<svg onload='alert(1)'/>", "SVG and HTML are not taken"),
        (b"\n <?xml version='1.0'?><svg/>", "SVG and HTML are not taken"),
        (b"<!DOCTYPE html><script>", "SVG and HTML are not taken"),
        (b"PK\x03\x04" + b"\0" * 60, "ZIP archives"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 60, "HEIC photos"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
        (b"GIF89a", "GIF"),
        (b"MZ\x90\0", "no type that is taken"),
        (b"x" + pdf(), "no type that is taken"),
        (png(100_000, 100_000), "declares 100000 × 100000 pixels"),
        (jpeg(65_535, 65_535), "declares 65535 × 65535 pixels"),
        (png(0, 5), "without pixels"),
        (png()[:-6], "breaks off"),
        (png(end=b"<?php system('id');" * 2), "something follows"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "PNG header is damaged"),
        (b"\xff\xd8\xff\xe0\xff\xff" + b"\0" * 40, "JPEG header is damaged"),
        (b"\xff\xd8\xff\xe0\x00\x00" * 3, "JPEG header is damaged"),
        (pdf()[:-7], "breaks off"),
        (pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "a script"),
        (pdf(b"/OpenAction << /S /J#61v#61Script >>"), "a script"),
        (pdf(b"/AA << /O << /JS 7 0 R >> >>"), "a script"),
        (pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "starts a program"),
        (pdf(b"/Names << /EmbeddedFiles 4 0 R >>"), "an attached file"),
        (pdf(b"/AcroForm << /XFA 4 0 R >>"), "a form with scripts"),
        (pdf(b"/Encrypt 4 0 R"), "password"),
        (pdf(extra=packed(zlib.compress(b"<< /S /JavaScript >>"))), "a script"),
        (pdf(extra=packed(zlib.compress(b"<< /JS 1 >>"))), "a script"),
        (pdf(extra=packed(b"<< /S /JavaScript >>", b"/Length 3")), "a script"),
        (pdf(extra=packed(b"x", b"/Type /ObjStm /Filter /LZWDecode")), "cannot be checked"),
        (pdf(extra=packed(b"x", b"/Type /Obj#53tm")), "cannot be checked"),
        (pdf(extra=packed(b"junk")), "cannot be unpacked"),
        (pdf(extra=packed(zlib.compress(b"x" * 99)[:-8])), "cannot be unpacked"),
        (pdf(extra=b"5 0 obj << >> stream\nabc"), "has no end"),
        (pdf(extra=packed(zlib.compress(bytes(40_000_000)))), "unpacks to far more"),
        (b"\x89PNG\r\n\x1a\n" + bytes(1_100_000), "at most 1 are taken"),
    ],
)
def test_what_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(MalformedAnswer) as caught:
        parse(SPEC, RawAnswer(kind="scan", files={"page": content}))
    assert said in str(caught.value)


def test_how_many_and_of_which_type() -> None:
    with pytest.raises(MalformedAnswer, match="No file was sent"):
        parse(SPEC, RawAnswer(kind="scan", text="my working"))
    with pytest.raises(MalformedAnswer, match="at most 3"):
        parse(SPEC, RawAnswer(kind="scan", files={str(at): png() for at in range(4)}))
    only = ScanSpec(kind="scan", types=("pdf",))
    with pytest.raises(MalformedAnswer, match="Send one PDF without scripts"):
        parse(only, RawAnswer(kind="scan", files={"a.png": png()}))
    assert only.suffixes == (".pdf",)


@settings(max_examples=300)
@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4", b"\xff\xd8\xff", png()[:16]]))
def test_junk_is_refused_or_taken(junk: bytes, head: bytes) -> None:
    try:
        parse(SPEC, RawAnswer(kind="scan", files={"page": head + junk}))
    except MalformedAnswer:
        return
