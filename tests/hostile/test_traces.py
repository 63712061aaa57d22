"""What one run leaves is not there for the next: the same script twice, in the same slot."""

from collections.abc import Iterator

import pytest

from rubrics.job import Job, Limits, PlainValue
from workers.sandbox import Sandbox, SandboxConfig

LEAVES = {
    "a file in the box": """
        import os
        won = "mark" in os.listdir(".")
        open("mark", "w").close()
    """,
    "flags of the null device's open file": """
        import fcntl, os
        flags = os.O_APPEND | os.O_NONBLOCK
        won = bool(fcntl.fcntl(0, fcntl.F_GETFL) & flags)
        fcntl.fcntl(0, fcntl.F_SETFL, flags)
    """,
    "flags of the output pipe": """
        import fcntl, os
        won = bool(fcntl.fcntl(1, fcntl.F_GETFL) & os.O_APPEND)
        fcntl.fcntl(1, fcntl.F_SETFL, os.O_APPEND)
    """,
    "a name in a module": """
        import math
        won = hasattr(math, "mark")
        math.mark = True
    """,
    "the state of a generator": """
        import random
        import torch
        won = (random.random(), float(torch.rand(1))) != (0.8444218515250481, 0.49625658988952637)
        random.seed(7)
        torch.manual_seed(7)
    """,
    "a file beside the box": """
        import os
        won = False
        for place in ("/tmp", "/dev/shm", "/home"):
            try:
                won = won or os.path.exists(f"{place}/mark")
                os.mkdir(f"{place}/mark")
            except OSError:
                pass
    """,
    "a process": """
        import os, time
        won = False
        for pid in range(2, 40):
            try:
                os.kill(pid, 0)
                won = True
            except OSError as fault:
                won = won or fault.errno == 3
        if os.fork() == 0:
            time.sleep(60)
    """,
}


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    """With one slot, so that the second run comes where the first was."""
    one = Sandbox(SandboxConfig(slots=1))
    one.start()
    yield one
    one.close()


@pytest.mark.parametrize("what", LEAVES)
def test_nothing_is_found_of_the_run_before(box: Sandbox, what: str) -> None:
    script = "\n".join(line[8:] for line in LEAVES[what].splitlines()).encode()
    limits = Limits(processes=2)
    job = Job(files={"a.py": script}, entry="a.py", collect=("won",), limits=limits)
    for _ in range(4):
        run = box.run(job)
        assert run.ended is None, run.explanation
        value = run.values["won"]
        assert isinstance(value, PlainValue)
        assert value.json_text == "false"
