"""A whole regrade: lots judged side by side, each settled in one transaction."""

import contextlib
import gc
import itertools
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from grader.bootstrap import Context
from grader.services import materialise
from grader.services.regrades import apply as applying
from grader.services.regrades import target as targets
from grader.services.regrades.apply import Settled
from grader.services.regrades.target import Target
from workers.engine import Engine
from workers.regrading.batch import Bench, Lot, judge_lot
from workers.regrading.report import Report

LANES = 2
"""So many lots at once, each with a judge of its own."""


def regrade(
    ctx: Context,
    engine: Engine,
    target: Target,
    *,
    actor_id: str | None = None,
    apply: bool = False,
    rerun: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Judge every submission there is by the target's version; with `apply`, write what changes.

    `progress` is told how many of how many are done. Raises Conflict if another version is
    published meanwhile; then, as when it is interrupted, what was written stands under the
    regrade's id, and the next one goes on. `grader.services.regrades.finish` ends it.
    """
    folder = materialise.folder(ctx, target.digest)
    assignment = materialise.assignment(ctx, target.digest)
    bench = Bench(ctx, engine, assignment, folder, rerun=rerun, keep=apply)
    lots = targets.batches(ctx, target)
    whole = sum(map(len, lots))
    report = Report()
    lanes = threading.local()
    numbers = itertools.count(1)

    def one(ids: list[str]) -> tuple[Lot, list[Settled]]:
        lot = judge_lot(bench, ids, lanes.number)
        if apply:
            return lot, applying.apply(ctx, actor_id, target, lot.judged)
        return lot, applying.settle(ctx, lot.judged)

    def enter() -> None:
        lanes.number = next(numbers)

    with _frozen_heap():
        pool = ThreadPoolExecutor(LANES, "regrade", initializer=enter)
        try:
            for lot, settled in pool.map(one, lots):
                report.add(lot, settled)
                if progress is not None:
                    progress(report.submissions, whole)
        finally:
            pool.shutdown(cancel_futures=True)
    return report


@contextlib.contextmanager
def _frozen_heap() -> Iterator[None]:
    """So many small objects set the collector off often, and it would walk every module too."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
