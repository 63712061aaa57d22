"""Scans taken in: known by their first bytes, small enough, and free of what could run."""

from rubrics.answers.raw import MalformedAnswer, ParsedAnswer, RawAnswer
from rubrics.answers.scan.image import BadScan, jpeg_size, png_size
from rubrics.answers.scan.pdf import check_pdf
from rubrics.answers.scan.spec import ScanSpec

MB = 1024 * 1024
_MAGIC = (("png", b"\x89PNG\r\n\x1a\n"), ("jpeg", b"\xff\xd8\xff"), ("pdf", b"%PDF-"))
_ENDING = {"pdf": "pdf", "png": "png", "jpeg": "jpg"}
_KNOWN = {
    "HEIC photos": (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1"),
    "WebP images": (b"WEBP",),
    "GIF images": (b"GIF8",),
    "TIFF images": (b"II*\0", b"MM\0*"),
    "ZIP archives and Word files": (b"PK\x03\x04",),
    "SVG and HTML": (b"<svg", b"<?xml", b"<!DOC", b"<html", b"<!doc"),
}


def parse(spec: ScanSpec, raw: RawAnswer, field: str = "answer") -> ParsedAnswer:
    """Take the files, under names of our own; `data` is {"pages": [{name, type, ...}]}.

    Raises MalformedAnswer for the first file that is not taken, and says why.
    """
    if not raw.files:
        raise MalformedAnswer(field, "No file was sent.", f"Send {_wanted(spec)}.")
    if len(raw.files) > spec.max_files:
        message = f"{len(raw.files)} files were sent, at most {spec.max_files} are taken."
        raise MalformedAnswer(field, message, "Put the pages into one PDF.")
    files: dict[str, bytes] = {}
    pages: list[dict[str, str | int]] = []
    for at, (given, content) in enumerate(raw.files.items(), start=1):
        page = _page(spec, given, content, field)
        name = f"page-{at:02}.{_ENDING[str(page['type'])]}"
        files[name] = content
        pages.append({"name": name, **page})
    text = "\n".join(f"{page['name']}: {page['given']}" for page in pages)
    return ParsedAnswer(
        kind="scan", text=text, data={"pages": [dict(one) for one in pages]}, files=files
    )


def _page(spec: ScanSpec, given: str, content: bytes, field: str) -> dict[str, str | int]:
    shown = "".join(one for one in given if one.isprintable())[-80:] or "file"
    try:
        kind = _type(spec, content)
        size = _checked(spec, kind, content)
    except BadScan as fault:
        message = f"`{shown}` is not taken: {fault}."
        raise MalformedAnswer(field, message, f"Send {_wanted(spec)}.") from None
    return {"given": shown, "type": kind, "bytes": len(content), **size}


def _type(spec: ScanSpec, content: bytes) -> str:
    """By its first bytes: what a file's name says is not believed. Raises BadScan."""
    if len(content) > spec.max_mb * MB:
        raise BadScan(f"it has {len(content) / MB:.1f} MB, at most {spec.max_mb:g} are taken")
    kind = next((name for name, magic in _MAGIC if content.startswith(magic)), None)
    if kind is None or kind not in spec.types:
        raise BadScan(_refusal(content))
    return kind


def _checked(spec: ScanSpec, kind: str, content: bytes) -> dict[str, int]:
    if kind == "pdf":
        check_pdf(content)
        return {}
    width, height = png_size(content) if kind == "png" else jpeg_size(content)
    if width * height > spec.max_megapixels * 1e6:
        most = f"at most {spec.max_megapixels:g} megapixels are taken"
        raise BadScan(f"it declares {width} × {height} pixels, {most}")
    return {"width": width, "height": height}


def _refusal(content: bytes) -> str:
    if not content:
        return "it is empty"
    head = content.lstrip()[:64]
    for name, marks in _KNOWN.items():
        if any(mark in head for mark in marks):
            return f"{name} are not taken here"
    return "its content is of no type that is taken here"


def _wanted(spec: ScanSpec) -> str:
    names = {"pdf": "one PDF without scripts", "png": "PNG", "jpeg": "JPEG"}
    images = [names[one] for one in spec.types if one != "pdf"]
    parts = [names["pdf"]] if "pdf" in spec.types else []
    if images:
        parts.append(f"photos as {' or '.join(images)}")
    return ", or ".join(parts)
