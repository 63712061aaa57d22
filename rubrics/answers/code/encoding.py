"""Whether a file says that it is written in anything but UTF-8.

Python reads a file by the codec that its first lines name. What a person and the judge read as
UTF-8 would then be another program, and some codecs take minutes for a few hundred KB.
"""

import re

_COOKIE = re.compile(r"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_NO_CODE = re.compile(r"[ \t\f]*(?:#.*)?")
ALIKE = {"utf-8", "utf8", "u8", "ascii", "us-ascii"}


def other_encoding(text: str) -> str | None:
    """The name of the encoding that is not UTF-8, or of a part of it; None where there is none."""
    for line in re.split(r"\r\n|\r|\n", text, maxsplit=2)[:2]:
        found = _COOKIE.match(line)
        if found:
            name = found[1].lower().replace("_", "-")
            return None if name in ALIKE or name.startswith("utf-8-") else found[1][:40]
        if not _NO_CODE.fullmatch(line):
            return None
    return None
