"""The floor: a warm torch process that forks for each request and isolates nothing.

Run as a program it is that process; `Server` talks to it. It preloads, warms up and freezes what
the sandbox's fork server does, runs the script once, and its children end by os._exit.
"""

import gc
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

SCRIPT = """
import torch
x = torch.tensor([0.1, 0, 0.2, 1.0], dtype=torch.float32, requires_grad=True)
a = x + torch.tensor([1.0, 1.4, 1.0, 2.0])
b = a ** (4 * x)
c = (b + 3) * 5
y = c.mean()
y.backward()
"""


def children_cpu_s() -> float:
    """Processor seconds of children that have been waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def fork_once() -> float:
    """Milliseconds from the request to the values, by one fork."""
    started = time.perf_counter()
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        names: dict[str, object] = {}
        exec(compile(SCRIPT, "script", "exec"), names)
        os.write(writer, json.dumps(names["x"].grad.tolist()).encode())  # type: ignore[attr-defined]
        os._exit(0)
    os.close(writer)
    values = os.read(reader, 65536)
    ended = time.perf_counter()
    os.close(reader)
    os.waitpid(pid, 0)
    assert len(json.loads(values)) == 4
    return (ended - started) * 1e3


def serve() -> None:
    """One line in, one line out: the latency, or the processor seconds so far."""
    for name in ("OMP", "MKL", "OPENBLAS"):
        os.environ[f"{name}_NUM_THREADS"] = "1"
    import numpy  # noqa: F401
    import torch

    from workers.zygote import warmup

    torch.set_num_threads(1)
    warmup.torch_first_uses()
    exec(compile(SCRIPT, "script", "exec"), {})
    gc.collect()
    gc.freeze()
    gc.disable()
    for line in sys.stdin:
        answer = fork_once() if line.strip() == "run" else time.process_time() + children_cpu_s()
        print(repr(answer), flush=True)


class Server:
    """The bare fork server as a process of its own."""

    def __init__(self) -> None:
        root = str(Path(__file__).parent.parent)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.bare"],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.once()

    def _ask(self, word: str) -> float:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(word, file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())

    def once(self) -> float:
        """Latency of one request, in milliseconds, measured beside the fork itself."""
        return self._ask("run")

    def cpu_s(self) -> float:
        """Its processor seconds so far, with those of its children."""
        return self._ask("cpu")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


if __name__ == "__main__":
    serve()
