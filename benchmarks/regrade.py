"""How fast a regrade is, beside sending the same answers through the sandbox again.

`python -m benchmarks.regrade --number 10000`. Every answer is a script of its own whose values
differ from all others'; two in three are wrong, so that they are diagnosed. In turn, lot by lot:
(a) each through the sandbox with waiting children, judged and recorded as the service does, by two
threads; (b) `regrade`, applied: a changed weight and tolerance, so that every grade is written
anew; (c) the same as a dry run; (d) as (b) with `--rerun`: batched too, but run in the sandbox.
Everything counts but the start of the engine, which all have in common.
"""

import argparse
import contextlib
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bare import children_cpu_s
from benchmarks.sandbox import tree_cpu_s
from grader.bootstrap import Context
from grader.clock import now
from grader.services import courses, intake, people, publish
from grader.services.regrades import finish
from grader.services.regrades import target as targets
from grader.settings import Settings
from grader.store import migrate
from grader.store.artefacts import Artefacts
from grader.store.session import Store
from rubrics.answers import RawAnswer
from rubrics.loader import LIBRARY
from workers.engine import Engine
from workers.grading import carry_out
from workers.regrading import Report, regrade

PAPER = LIBRARY / "autograd" / "paper-1"
KEY = "autograd/paper-1"
STUDENTS = 100
SLOTS = 2
CHANGES = (
    ("points: 4", "points: 8"),
    ("reference: q1", "reference: q1\n        tolerance: {rtol: 0.001, atol: 0.001}"),
    ("reference: q1", "reference: q1\n        tolerance: {rtol: 0.002, atol: 0.002}"),
)

SCRIPT = """# answer {number}
import torch
x = torch.tensor([0.1, 0, 0.2, 1.0], dtype=torch.float32, requires_grad=True)
a = x + torch.tensor([1.0, 1.4, 1.0, 2.0])
b = a ** {exponent}
y = ((b + 3) * 5).mean() * {factor}
y.backward()
"""


WORDS = {
    "a": "through the sandbox, one by one",
    "b": "regraded and applied",
    "c": "regraded, dry run",
    "d": "regraded and applied, run again",
}


@dataclass
class Spent:
    """Seconds by the clock, and of all processors."""

    wall_s: float = 0.0
    cpu_s: float = 0.0


class Deaf:
    """A queue and live news that nobody listens to: the broker's share is in none of the times."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Takes whatever is sent."""
        return lambda *_: None


def answer(number: int, chance: random.Random) -> RawAnswer:
    """A right script, one with the path through the exponent cut, or one that is just wrong."""
    right = 1 + number * 1e-9
    factor, exponent = (
        (right, "(4 * x)"),
        (right, "(4 * x).detach()"),
        (chance.uniform(0.2, 3.0), "(4 * x)"),
    )[number % 3]
    script = SCRIPT.format(number=number, exponent=exponent, factor=repr(factor))
    return RawAnswer(kind="code", files={"answer.py": script.encode()})


def version(folder: Path, number: int) -> Path:
    """The paper with the first `number` changes made."""
    target = folder / f"v{number}" / "autograd" / "paper-1"
    shutil.copytree(PAPER, target)
    text = (target / "assignment.yaml").read_text()
    for old, new in CHANGES[:number]:
        text = text.replace(old, new, 1)
    (target / "assignment.yaml").write_text(text)
    return target


def context(folder: Path) -> Context:
    """The service on a fresh database: DATABASE_URL's, which must be empty, or SQLite's."""
    settings = Settings(
        mode="test",
        database_url=os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'xgrad.db'}",
        artefacts_url=f"file://{folder / 'artefacts'}",
        cache_dir=folder / "cache",
    )
    migrate.upgrade(settings.database_url)
    store, deaf = Store(settings.database_url), Deaf()
    return Context(settings, store, Artefacts(settings.artefacts_url), deaf, deaf, now)


def hand_in(ctx: Context, course: str, first: Path, numbers: range) -> tuple[str, list[str]]:
    """A course with the answers of those numbers in it; its id, and the gradings that wait."""
    course_id = courses.create(ctx, course, course)
    assignment_id = publish.publish(ctx, course_id, first)
    students = [
        people.create(ctx, f"{course}-{one}", "A student")
        for one in range(min(STUDENTS, len(numbers)))
    ]
    for person_id in students:
        people.enrol(ctx, course_id, person_id, "student")
    chance, waiting = random.Random(numbers.start), []
    for number in numbers:
        given = {"q1": answer(number, chance)}
        wanted = intake.Intake(students[number % len(students)], assignment_id, given)
        waiting.append(intake.submit(ctx, wanted).grading_id)
    return course_id, waiting


def cpu_s(engine: Engine) -> float:
    """Processor seconds so far: this process, the sandbox with all its children, the judges.

    A fork server that was replaced meanwhile is among the children that have ended.
    """
    servers = [engine.sandbox._pool.zygote.pid, engine.judges._judges.server().pid]
    living = engine.judges.pids().values()
    return time.process_time() + children_cpu_s() + sum(map(tree_cpu_s, [*servers, *living]))


@contextlib.contextmanager
def measured(engine: Engine, into: Spent) -> Iterator[None]:
    """Adds the seconds that the block takes, by the clock and of the processors."""
    wall, cpu = time.perf_counter(), cpu_s(engine)
    yield
    into.wall_s += time.perf_counter() - wall
    into.cpu_s += cpu_s(engine) - cpu


def grade_all(ctx: Context, engine: Engine, waiting: list[str]) -> None:
    """(a)."""
    with ThreadPoolExecutor(SLOTS) as pool:
        done = list(pool.map(lambda one: carry_out(ctx, engine, one), waiting))
    assert all(done)


def regrade_all(
    ctx: Context, engine: Engine, course: str, *, apply: bool = True, rerun: bool = False
) -> Report:
    """(b), (c) or (d)."""
    target = targets.find(ctx, None, KEY, course)
    report = regrade(ctx, engine, target, apply=apply, rerun=rerun)
    if apply:
        finish.finish(ctx, None, target, report.totals())
    assert not report.failed, report.lines
    return report


def measure(number: int, lots: int) -> str:
    """Print every figure; the ratios, as they stand on the last line."""
    spent = {name: Spent() for name in WORDS}
    size = number // lots
    with tempfile.TemporaryDirectory(prefix="xgrad-bench-") as place:
        ctx, engine = context(Path(place)), Engine.start(SLOTS)
        versions = [version(Path(place), count) for count in range(len(CHANGES) + 1)]
        try:
            for lot in range(lots):
                take_turns(ctx, engine, versions, range(lot * size, (lot + 1) * size), spent)
                print(f"regrade: {(lot + 1) * size} of {number} answers", flush=True)
        finally:
            engine.close()
            ctx.close()
    return told(spent, size * lots)


def main() -> None:
    """Regrades alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=10_000, help="answers in all")
    parser.add_argument("--lots", type=int, default=5, help="how often (a) to (d) take turns")
    options = parser.parse_args()
    print(f"regrade: {measure(options.number, options.lots)}")


def take_turns(
    ctx: Context, engine: Engine, versions: list[Path], numbers: range, spent: dict[str, Spent]
) -> None:
    """(a) to (d) once, on answers of those numbers in a course of their own."""
    course, size = f"bench-{numbers.start}", len(numbers)
    course_id, waiting = hand_in(ctx, course, versions[0], numbers)
    with measured(engine, spent["a"]):
        grade_all(ctx, engine, waiting)
    publish.publish(ctx, course_id, versions[2])
    with measured(engine, spent["b"]):
        applied = regrade_all(ctx, engine, course)
    assert (applied.changed, applied.sandbox_runs) == (size, 0), applied.totals()
    publish.publish(ctx, course_id, versions[1])
    with measured(engine, spent["c"]):
        listed = regrade_all(ctx, engine, course, apply=False)
    with measured(engine, spent["d"]):
        again = regrade_all(ctx, engine, course, rerun=True)
    assert (listed.sandbox_runs, again.sandbox_runs) == (0, size), again.totals()


def told(spent: dict[str, Spent], number: int) -> str:
    """Print a line for each way; the ratios."""
    for name, text in WORDS.items():
        one = spent[name]
        wall, cpu = 1e3 * one.wall_s / number, 1e3 * one.cpu_s / number
        print(
            f"{name} {text:34} {one.wall_s:8.1f} s   {wall:8.3f} ms each   cpu {cpu:8.3f} ms each"
        )
    a, b, c, d = spent.values()
    return (
        f"regrade_answers={number} regrade_speedup={a.wall_s / b.wall_s:.1f}"
        f" regrade_cpu_ratio={a.cpu_s / b.cpu_s:.1f} dry_run_speedup={a.wall_s / c.wall_s:.1f}"
        f" over_batched_rerun={d.wall_s / b.wall_s:.1f}"
    )


if __name__ == "__main__":
    main()
