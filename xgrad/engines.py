"""The sandbox and the judges, for commands that grade in this process's care."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from xgrad.faults import Fault

if TYPE_CHECKING:
    from workers.engine import Engine


@contextlib.contextmanager
def engine(slots: int) -> Iterator["Engine"]:
    """A started engine, closed in the end. Raises Fault if this machine cannot hold the sandbox."""
    from workers.engine import Engine
    from workers.judge import JudgeBroken
    from workers.sandbox import SandboxBroken, SandboxRefused

    try:
        running = Engine.start(slots)
    except SandboxRefused as refused:
        raise Fault(f"{refused}\nSee every layer with: xgrad doctor") from refused
    try:
        yield running
    except (SandboxBroken, JudgeBroken) as broken:
        raise Fault(f"Grading broke, and it is not the answer's fault: {broken}") from broken
    finally:
        running.close()
