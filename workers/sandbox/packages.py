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

USUAL = ("torch", "numpy", "sympy")
ON_REQUEST = {
    "matplotlib": "matplotlib.pyplot",
    "pandas": "pandas",
    "scikit-learn": "sklearn",
    "scipy": "scipy",
    "einops": "einops",
}
"""What an assignment may ask for besides, if it is installed, and the module that is its door."""
FOR_STUDENTS = (*USUAL, *ON_REQUEST)
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
def for_students(asked: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """What is bound into the jail: the usual packages, those asked for, and what they need."""
    return entries(closure((*USUAL, *asked)).values())


@cache
def installed(asked: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the packages asked for that the machine has, sorted."""
    found = closure(asked)
    return tuple(sorted({name for name in asked if name in found}))


def modules(asked: tuple[str, ...]) -> tuple[str, ...]:
    """The modules to import of installed packages."""
    return tuple(ON_REQUEST[name] for name in asked)


@cache
def importable(asked: tuple[str, ...] = tuple(ON_REQUEST)) -> tuple[str, ...]:
    """The names a student is told of when an import fails: of the packages, the installed ones."""
    names = (*USUAL, *asked)
    found = closure(names)
    return tuple(ON_REQUEST.get(one, one).split(".")[0] for one in names if one in found)


def standard_library() -> Path:
    """The folder of the standard library."""
    return Path(sysconfig.get_path("stdlib")).resolve()


def shared_libraries() -> tuple[Path, ...]:
    """Folders of the system's shared libraries: no programs, no other interpreter's packages."""
    multiarch = sysconfig.get_config_var("MULTIARCH") or "x86_64-linux-gnu"
    names = (f"/usr/lib/{multiarch}", "/usr/lib64", f"/lib/{multiarch}", "/lib64")
    return tuple(path for path in map(Path, names) if path.is_dir() and path.resolve() == path)
