"""Run one file as `__main__`, and say how it ended. Nothing here is trusted by the other side."""

import builtins
import errno
import os
import sys
import traceback
import types
from collections.abc import Iterable, Mapping
from typing import Any

from workers.zygote.root import BOX

MESSAGE = 2000


def _clean(text: str) -> str:
    kept = text.encode("utf-8", "replace").decode("utf-8")
    return kept.replace("\x00", "")[:MESSAGE]


def _text_of(error: BaseException) -> str:
    try:
        return _clean(str(error))
    except BaseException:  # __str__ is the student's own code
        return "(its message could not be read)"


def named(job: dict[str, Any]) -> dict[str, str]:
    """The names of the student's files by what Python calls them: whole paths once imported.

    To be asked before any of them runs, and could change the folder.
    """
    here = os.getcwd()  # noqa: PTH109
    names = [*(name for name, _ in job["files"]), *job["given"]]
    return {name: name for name in names} | {f"{here}/{name}": name for name in names}


def _place(error: BaseException, names: Mapping[str, str]) -> tuple[str | None, int | None]:
    """File and line of the innermost frame in the student's own files."""
    found: tuple[str | None, int | None] = (None, None)
    for frame, line in traceback.walk_tb(error.__traceback__):
        name = names.get(frame.f_code.co_filename)
        if name is not None:
            found = (name, line)
    return found


def _number_of(error: BaseException) -> int | None:
    """The system's number; a script may give an OSError of its own any other thing for one.

    It has ENOSPC both for bytes and for files: that no file is left to be made is told as EDQUOT.
    multiprocessing looks for semaphores, which are not here, before it forks: that is EAGAIN.
    """
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOSPC and not os.statvfs(BOX).f_ffree:
        return errno.EDQUOT
    if number == errno.ENOENT and _raised_in(error).endswith("multiprocessing/synchronize.py"):
        return errno.EAGAIN
    return number if type(number) is int and abs(number) < 1 << 31 else None


def _raised_in(error: BaseException) -> str:
    """The file of the innermost frame."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return str(frames[-1].f_code.co_filename) if frames else ""


def describe(error: BaseException, names: Mapping[str, str]) -> dict[str, Any]:
    """The record of an exception: type, message, file, line, and what it says about limits."""
    kind = type(error).__name__
    file, line = _place(error, names)
    if isinstance(error, SyntaxError) and type(error.filename) is str and error.filename in names:
        file, line = names[error.filename], error.lineno
    message = _clean(str(error.msg)) if isinstance(error, SyntaxError) else _text_of(error)
    missing = error.name if isinstance(error, ModuleNotFoundError) else None
    return {
        "type": _clean(str(kind))[:200],
        "message": message,
        "file": file,
        "line": line if isinstance(line, int) else None,
        "module": _clean(missing)[:200] if isinstance(missing, str) else None,
        "errno": _number_of(error),
    }


def _code_of(end: SystemExit) -> int:
    if end.code is None or end.code is False:
        return 0
    return end.code if isinstance(end.code, int) else 1


def read_all(names: Iterable[str]) -> dict[str, types.CodeType]:
    """Compile the Python files of these of the current folder. Raises what the compiler raises.

    All of them before the first one runs: who cannot be read costs no attempt, whichever it is.
    """
    return {name: _read(name) for name in names if name.endswith(".py")}


def _read(name: str) -> types.CodeType:
    with open(name, "rb") as file:  # noqa: PTH123 - pathlib is one more thing to touch
        return compile(file.read(), name, "exec", dont_inherit=True)


def run(
    code: types.CodeType, names: Mapping[str, str], name: str = "__main__"
) -> tuple[types.ModuleType, dict[str, Any] | None]:
    """Execute a compiled file as the module `name`; it, and the error's record if it raised.

    `sys.exit(0)` is an ordinary end; any other exit code is an error.
    """
    entry = code.co_filename
    module = types.ModuleType(name)
    module.__dict__.update(__file__=entry, __builtins__=builtins)
    sys.modules[name] = module
    sys.argv = [entry]
    sys.path.insert(0, os.getcwd())  # noqa: PTH109
    try:
        exec(code, module.__dict__)  # noqa: S102
    except SystemExit as end:
        return module, describe(end, names) if _code_of(end) else None
    except BaseException as error:
        return module, describe(error, names)
    return module, None
