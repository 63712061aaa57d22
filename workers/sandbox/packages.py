"""Which installed packages a student may import: chosen ones and what they need, nothing else.

The whole of site-packages is never shown: the service itself may be installed there, and with it
the library of references.
"""

import re
import sysconfig
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

FOR_STUDENTS = (
    "torch", "numpy", "sympy", "scipy", "pandas", "matplotlib", "scikit-learn", "einops",
)  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _needs(distribution: metadata.Distribution) -> list[str]:
    found = []
    for line in distribution.requires or []:
        match = _NAME.match(line)
        if match and "extra ==" not in line:
            found.append(match.group())
    return found


def closure(names: Iterable[str]) -> dict[str, metadata.Distribution]:
    """The installed distributions among `names`, and all that those require."""
    found: dict[str, metadata.Distribution] = {}
    queue = list(names)
    while queue:
        name = _normal(queue.pop())
        if name in found:
            continue
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        queue += _needs(found[name])
    return found


def entries(distributions: Iterable[metadata.Distribution]) -> tuple[Path, ...]:
    """The top-level files and folders in site-packages that hold these distributions' modules."""
    found: set[Path] = set()
    for one in distributions:
        base = Path(str(one.locate_file("")))
        for file in one.files or []:
            top = file.parts[0]
            if top in ("..", "__pycache__") or top.endswith((".dist-info", ".pth", ".egg-info")):
                continue
            found.add(base / top)
    return tuple(sorted(path for path in found if path.exists()))


@cache
def for_students(names: tuple[str, ...] = FOR_STUDENTS) -> tuple[Path, ...]:
    """What is bound into the jail, from the default choice of packages."""
    return entries(closure(names).values())


@cache
def importable() -> tuple[str, ...]:
    """The names a student is told of when an import fails: the installed ones of the choice."""
    known = {"scikit-learn": "sklearn"}
    return tuple(known.get(name, name) for name in FOR_STUDENTS if name in closure(FOR_STUDENTS))


def standard_library() -> Path:
    """The folder of the standard library."""
    return Path(sysconfig.get_path("stdlib")).resolve()


def shared_libraries() -> tuple[Path, ...]:
    """Folders of the system's shared libraries: no programs, no other interpreter's packages."""
    multiarch = sysconfig.get_config_var("MULTIARCH") or "x86_64-linux-gnu"
    names = (f"/usr/lib/{multiarch}", "/usr/lib64", f"/lib/{multiarch}", "/lib64")
    return tuple(path for path in map(Path, names) if path.is_dir() and path.resolve() == path)
