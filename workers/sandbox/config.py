"""What a sandbox is asked to be, what it proved to be, and how it says no."""

from dataclasses import dataclass, field
from typing import Literal

Required = Literal["floor", "full"]

FLOOR = frozenset(
    {"not-root", "identity", "seccomp", "seccomp-mode", "no-new-privs", "capabilities", "rlimits"}
    | {"net-namespace", "descriptors", "environment", "box"}
)
"""Without each of these no work is taken; and without a mount namespace or Landlock."""

FULL = FLOOR | {
    "user-namespace", "pid-namespace", "mnt-namespace", "ipc-namespace", "uts-namespace",
    "root", "landlock", "cgroup", "slot-uid",
}  # fmt: skip


@dataclass(frozen=True)
class SandboxConfig:
    """`slots` runs at once; `required` is the level below which nothing is run.

    `waiting` children are kept ready, jailed and attested, so that a run starts in milliseconds.
    `preload` is what the fork server imports that starts at once and takes jobs that ask for
    `torch`. Those for other preloads and packages start with the first job that asks for them and
    end when idle for `idle_s` seconds.
    """

    slots: int = 2
    required: Required = "floor"
    waiting: int | None = None
    recycle_after: int = 2000
    preload: tuple[str, ...] = ("torch", "numpy")
    idle_s: float = 300.0

    @property
    def ready(self) -> int:
        """How many children wait."""
        return self.slots if self.waiting is None else self.waiting


@dataclass(frozen=True)
class Attestation:
    """The layers that stood in a real child, and how memory is counted.

    `missing` are those of the full level that did not stand.
    """

    layers: tuple[str, ...]
    cgroup: str
    landlock: int
    missing: tuple[str, ...] = field(default=())


class SandboxRefused(RuntimeError):
    """The machine cannot give the layers asked for: `reason`, and the `remedy` for an operator.

    `lacking` names those layers, where a child could be made to ask.
    """

    def __init__(self, reason: str, remedy: str, lacking: tuple[str, ...] = ()) -> None:
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy
        self.lacking = lacking


class SandboxBroken(RuntimeError):
    """Our own machinery failed; the student is not to blame and the run may be tried again."""


def missing(layers: frozenset[str], required: Required) -> tuple[str, ...]:
    """Layers of the required level that do not stand, sorted."""
    lacking = set((FULL if required == "full" else FLOOR) - layers)
    if not layers & {"root", "landlock"}:
        lacking.add("root or landlock")
    return tuple(sorted(lacking))
