"""Code, as files or pasted. Only its bytes are looked at here; it is run in the sandbox."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from pydantic import JsonValue

from rubrics.answers.code.encoding import other_encoding
from rubrics.answers.code.notebook import source_of
from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.raw import MalformedAnswer, ParsedAnswer, RawAnswer

_BOM = b"\xef\xbb\xbf"
NOTEBOOK_KB = 4096
"""A notebook may be larger than its code: its outputs are ignored."""


def parse(spec: CodeSpec, raw: RawAnswer, field: str = "answer") -> ParsedAnswer:
    """Take UTF-8 Python files, or a notebook as one.

    `data` is {"filename": the student's own name for it}, and of a notebook {"entry", "cells"}:
    where each cell begins. Raises MalformedAnswer. A syntax error is found where the code is
    compiled: in the sandbox.
    """
    name, content, others = _chosen(spec, raw, field)
    data: dict[str, JsonValue] = {"filename": name}
    if name.lower().endswith(".ipynb"):
        _check_size(content, NOTEBOOK_KB, field)
        text, cells = source_of(content, spec.tags, field)
        data |= {"entry": spec.entry, "cells": cells}
    else:
        _check_size(content, spec.max_kb, field)
        text = _decode(content.removeprefix(_BOM), field)
    if not text.strip():
        raise MalformedAnswer(field, "The file is empty.", "Send the code that you want graded.")
    files = {spec.entry: text.encode()} | {
        other: _decode(others[other].removeprefix(_BOM), field).encode() for other in spec.files
    }
    _check_size(b"".join(files.values()), spec.max_kb, field)
    for content in files.values():
        _check_encoding(content.decode(), field)
    return ParsedAnswer(kind="code", text=text, data=data, files=files)


def _chosen(spec: CodeSpec, raw: RawAnswer, field: str) -> tuple[str, bytes, Mapping[str, bytes]]:
    """The entry by the student's name for it, its content, and the further files by theirs."""
    if not raw.files:
        if spec.files:
            message = f"{1 + len(spec.files)} files are asked for, none was sent."
            raise MalformedAnswer(field, message, f"Send {_listed(spec)}.")
        return spec.entry, raw.text.encode(errors="surrogatepass"), {}
    if raw.text.strip():
        message = "Both a file and pasted text were sent."
        raise MalformedAnswer(field, message, "Send one of them.")
    rest = {name: content for name, content in raw.files.items() if name not in spec.files}
    name, content = _one_file(spec, rest, field)
    lacking = [one for one in spec.files if one not in raw.files]
    if lacking:
        message = f"The file `{lacking[0]}` is missing."
        raise MalformedAnswer(field, message, f"Send {_listed(spec)}, under these names.")
    return name, content, raw.files


def _listed(spec: CodeSpec) -> str:
    return " and ".join(f"`{name}`" for name in (spec.entry, *spec.files))


def _one_file(spec: CodeSpec, files: Mapping[str, bytes], field: str) -> tuple[str, bytes]:
    wanted = " or ".join(spec.suffixes)
    if not files:
        message = f"The file `{spec.entry}` is missing."
        raise MalformedAnswer(field, message, f"Send {_listed(spec)}, under these names.")
    if len(files) > 1:
        message = (
            f"{len(files) + len(spec.files)} files were sent, {1 + len(spec.files)} asked for."
        )
        remedy = f"Send {_listed(spec)}." if spec.files else f"Send one {wanted} file."
        raise MalformedAnswer(field, message, remedy)
    name, content = next(iter(files.items()))
    if PurePosixPath(name.lower()).suffix not in spec.suffixes:
        message = f"`{_shown(name)}` is not a {wanted} file."
        raise MalformedAnswer(field, message, f"Send one {wanted} file.")
    return _shown(name), content


def _check_size(content: bytes, most_kb: int, field: str) -> None:
    if len(content) > most_kb * 1024:
        size = f"{len(content) / 1024:.0f} KB"
        message = f"The file is {size}, at most {most_kb} KB are taken."
        raise MalformedAnswer(field, message, "Send the code alone, without data in it.")


def _check_encoding(text: str, field: str) -> None:
    other = other_encoding(text)
    if other is not None:
        message = f"The file says that it is written in `{other}`: UTF-8 is taken."
        raise MalformedAnswer(field, message, "Take out the `coding` comment at its top.")


def _shown(name: str) -> str:
    printable = "".join(letter for letter in name if letter.isprintable())
    return printable[-80:]


def _decode(content: bytes, field: str) -> str:
    if b"\0" in content:
        message = "The file holds binary data, not text."
        raise MalformedAnswer(field, message, "Send the Python source itself.")
    try:
        return content.decode()
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        message = f"The file is not UTF-8 text (line {line})."
        raise MalformedAnswer(field, message, "Save it as UTF-8 and send it again.") from None
