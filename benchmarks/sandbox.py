"""How fast the sandbox is, beside a cold start and a bare fork: `python -m benchmarks.sandbox`.

One run, paired and interleaved, on the first paper's script:
(a) a cold `python script.py`; (b) a bare fork of a warm torch process that executes the script, no
isolation, ended by os._exit: the floor; (c) the sandbox, request in, values out; (d) the grade,
with reference, comparison and diagnosis. CPU is that of the whole service tree.
"""

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import bare
from rubrics import loader
from rubrics.answers import ParsedAnswer
from rubrics.job import Job
from workers import pipeline
from workers.engine import Engine
from workers.sandbox.sandbox import Sandbox

PAPER = loader.LIBRARY / "autograd" / "paper-1"
SCRIPT = bare.SCRIPT
JOB = Job(files={"answer.py": SCRIPT.encode()}, entry="answer.py", collect=("x.grad",))
TICK = 100  # clock ticks a second, of /proc/<pid>/stat


@dataclass
class Times:
    """Milliseconds of each repetition, and the processor milliseconds of one."""

    latency: list[float] = field(default_factory=list)
    cpu_ms: float = 0.0

    def line(self, name: str) -> str:
        ordered = sorted(self.latency)
        middle, high = statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
        used = f"   cpu {self.cpu_ms:8.2f} ms" if self.cpu_ms else ""
        return f"{name:16} median {middle:9.2f} ms   p95 {high:9.2f} ms{used}"

    @property
    def median(self) -> float:
        return statistics.median(self.latency)


def tree_cpu_s(pid: int) -> float:
    """Processor seconds of a process and of the children it has buried."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICK


def cold(times: Times, script: Path) -> None:
    """(a), once."""
    before = bare.children_cpu_s()
    started = time.perf_counter()
    subprocess.run([sys.executable, str(script)], check=True, stdout=subprocess.DEVNULL)
    times.latency.append((time.perf_counter() - started) * 1e3)
    times.cpu_ms += (bare.children_cpu_s() - before) * 1e3


def refilled(box: Sandbox) -> None:
    """Until as many children wait as should."""
    pool = box._pool
    while pool is not None and (len(pool._waiting) < box.config.ready or pool._finished):
        time.sleep(0.002)


def interleave(engine: Engine, rounds: int) -> tuple[Times, Times, Times]:
    """(a), (b) and (c) in turn; (a) every tenth round, for it takes a second or more."""
    a, b, c = Times(), Times(), Times()
    with tempfile.TemporaryDirectory() as folder, bare.Server() as server:
        script = Path(folder, "script.py")
        script.write_text(SCRIPT + "print(x.grad.tolist())\n")
        for turn in range(rounds):
            if turn % 10 == 0:
                cold(a, script)
            b.latency.append(server.once())
            refilled(engine.sandbox)
            started = time.perf_counter()
            done = engine.sandbox.run(JOB)
            c.latency.append((time.perf_counter() - started) * 1e3)
            assert done.ended is None, done
            refilled(engine.sandbox)
    a.cpu_ms /= len(a.latency)
    return a, b, c


def back_to_back(engine: Engine, number: int) -> tuple[float, float]:
    """Processor milliseconds of one submission to (b) and to (c), a block of each in turn."""
    zygote = engine.sandbox._pool.zygote.pid
    cost_b, cost_c, blocks = 0.0, 0.0, 10
    with bare.Server() as server:
        for _ in range(blocks):
            before = server.cpu_s()
            for _ in range(number // blocks):
                server.once()
            cost_b += server.cpu_s() - before
            refilled(engine.sandbox)
            before = tree_cpu_s(zygote) + time.process_time()
            for _ in range(number // blocks):
                engine.sandbox.run(JOB)
            refilled(engine.sandbox)
            cost_c += tree_cpu_s(zygote) + time.process_time() - before
    return cost_b / number * 1e3, cost_c / number * 1e3


def throughput(engine: Engine, cores: int, number: int) -> float:
    """Submissions a second on so many processors, with as many callers."""
    with on_cores(engine, cores), ThreadPoolExecutor(cores) as pool:
        started = time.perf_counter()
        list(pool.map(lambda _: engine.sandbox.run(JOB), range(number)))
        return number / (time.perf_counter() - started)


@contextlib.contextmanager
def on_cores(engine: Engine, cores: int) -> Iterator[None]:
    """While inside, this process, the fork server and its children have so many processors."""
    every = os.sched_getaffinity(0)
    refilled(engine.sandbox)
    pool = engine.sandbox._pool
    tasks = [int(one.name) for one in Path("/proc/self/task").iterdir()]
    tasks += [pool.zygote.pid, *(placed.child.pid for placed in pool._waiting)]
    for task in tasks:
        os.sched_setaffinity(task, sorted(every)[:cores])
    try:
        yield
    finally:
        refilled(engine.sandbox)
        tasks = [task for task in tasks if Path("/proc", str(task)).exists()]
        tasks += [placed.child.pid for placed in pool._waiting]
        for task in tasks:
            os.sched_setaffinity(task, every)


def grading(engine: Engine, rounds: int) -> tuple[Times, float]:
    """(d), of a wrong script, so that it is diagnosed too; and how much it takes more than (c)."""
    assignment = loader.load(PAPER)
    wrong = SCRIPT.replace("(4 * x)", "(4 * x).detach()")
    answers = {"q1": ParsedAnswer(kind="code", files={"answer.py": wrong.encode()})}
    whole, more = Times(), []
    for _ in range(rounds):
        refilled(engine.sandbox)
        started = time.perf_counter()
        graded = pipeline.grade(assignment, PAPER, answers, 1, engine)
        whole.latency.append((time.perf_counter() - started) * 1e3)
        more.append(whole.latency[-1] - graded.phases["run"])
        assert graded.questions[0].checks[0].diagnoses, graded
    return whole, statistics.median(more)


def measure(rounds: int, number: int) -> str:
    """Print every figure; the ratios, as they stand on the last line."""
    engine = Engine.start(slots=2)
    try:
        grading(engine, 3)
        a, b, c = interleave(engine, rounds)
        b.cpu_ms, c.cpu_ms = back_to_back(engine, number)
        d, more = grading(engine, rounds)
        for times, name in (
            (a, "a cold python"),
            (b, "b bare fork"),
            (c, "c sandbox"),
            (d, "d grade"),
        ):
            print(times.line(name), flush=True)
        for cores in (1, 2):
            rate = throughput(engine, cores, number // 4)
            print(f"throughput, {cores} core{'s' * (cores > 1)}: {rate:.0f} a second", flush=True)
    finally:
        engine.close()
    return (
        f"latency_vs_cold={a.median / c.median:.0f} cpu_vs_cold={a.cpu_ms / c.cpu_ms:.0f}"
        f" latency_vs_fork={c.median / b.median:.2f} cpu_vs_fork={c.cpu_ms / b.cpu_ms:.2f}"
        f" grade_over_sandbox_ms={more:.2f}"
    )


def main() -> None:
    """The sandbox alone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--number", type=int, default=1000)
    options = parser.parse_args()
    print(f"bench: {measure(options.rounds, options.number)}")


if __name__ == "__main__":
    main()
