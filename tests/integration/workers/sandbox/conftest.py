"""One real sandbox for the tests of this folder, and a short way to run a script in it."""

from collections.abc import Callable, Iterator

import pytest

from rubrics.job import Job, Limits, Run
from workers.sandbox import Sandbox, SandboxConfig

Runs = Callable[..., Run]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Started once; closed at the end, with every child and group it made."""
    box = Sandbox(SandboxConfig(slots=2))
    box.start()
    try:
        yield box
    finally:
        box.close()


@pytest.fixture
def run(sandbox: Sandbox) -> Runs:
    """Run one script and collect names: `run("x = 1", "x", wall_s=2)`."""

    def go(script: str | bytes, *collect: str, **limits: float) -> Run:
        data = script.encode() if isinstance(script, str) else script
        files = {"answer.py": data}
        return sandbox.run(
            Job(files=files, entry="answer.py", collect=collect, limits=Limits(**limits))
        )

    return go
