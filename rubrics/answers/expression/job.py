"""The sandbox reads the student's text with our parser: text and names in, a list of nodes out."""

import io
import json
import zipfile
from functools import cache
from pathlib import Path

from rubrics.answers.expression.spec import ExpressionSpec
from rubrics.answers.raw import ParsedAnswer
from rubrics.job import Job, Limits

NODES, FAULT = "nodes", "fault"

_LIMITS = Limits(wall_s=5, cpu_s=5, memory_mb=64, processes=1, threads=1)
_ENTRY = b"""\
import json, sys

sys.path.insert(0, "formula.zip")
from formula import Unreadable, read

nodes, fault = [], ""
with open("answer.txt", encoding="utf-8") as text, open("symbols.json") as spellings:
    try:
        nodes = read(text.read(), json.load(spellings))
    except Unreadable as why:
        fault = str(why)
"""


def job(spec: ExpressionSpec, parsed: ParsedAnswer) -> Job | None:
    """Nothing of the student's is executed: their text is a file that our script reads."""
    files = {
        "read.py": _ENTRY,
        "formula.zip": _parser(),
        "answer.txt": parsed.text.encode(errors="replace"),
        "symbols.json": json.dumps(spec.spellings).encode(),
    }
    names = (NODES, FAULT)
    return Job(files=files, entry="read.py", collect=names, limits=_LIMITS, preload="plain")


@cache
def _parser() -> bytes:
    """The package `formula`, as a file that Python imports from."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for source in sorted((Path(__file__).parent / "formula").glob("*.py")):
            # A fixed date: the same parser is the same bytes, whenever it was installed.
            entry = zipfile.ZipInfo(f"formula/{source.name}", (2026, 1, 1, 0, 0, 0))
            archive.writestr(entry, source.read_bytes())
    return packed.getvalue()
