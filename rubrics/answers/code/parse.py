"""A script, as a file or pasted. Only its bytes are looked at here; it is run in the sandbox."""

from pathlib import PurePosixPath

from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.raw import MalformedAnswer, ParsedAnswer, RawAnswer

_BOM = b"\xef\xbb\xbf"


def parse(spec: CodeSpec, raw: RawAnswer, field: str = "answer") -> ParsedAnswer:
    """Take one UTF-8 Python file; `data` is {"filename": the student's own name for it}.

    Raises MalformedAnswer. A syntax error is found where the script is compiled: in the sandbox.
    """
    name, content = _one_file(spec, raw, field)
    if len(content) > spec.max_kb * 1024:
        size = f"{len(content) / 1024:.0f} KB"
        message = f"The file is {size}, at most {spec.max_kb} KB are taken."
        raise MalformedAnswer(field, message, "Send the script alone, without data in it.")
    text = _decode(content.removeprefix(_BOM), field)
    if not text.strip():
        raise MalformedAnswer(field, "The file is empty.", "Send the script that you want graded.")
    return ParsedAnswer(
        kind="code", text=text, data={"filename": name}, files={spec.entry: text.encode()}
    )


def _one_file(spec: CodeSpec, raw: RawAnswer, field: str) -> tuple[str, bytes]:
    wanted = " or ".join(spec.suffixes)
    if not raw.files:
        return spec.entry, raw.text.encode(errors="surrogatepass")
    if raw.text.strip():
        message = "Both a file and pasted text were sent."
        raise MalformedAnswer(field, message, "Send one of them.")
    if len(raw.files) > 1:
        message = f"{len(raw.files)} files were sent, one is asked for."
        raise MalformedAnswer(field, message, f"Send one {wanted} file.")
    name, content = next(iter(raw.files.items()))
    if PurePosixPath(name.lower()).suffix not in spec.suffixes:
        message = f"`{_shown(name)}` is not a {wanted} file."
        raise MalformedAnswer(field, message, f"Send one {wanted} file.")
    return _shown(name), content


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
