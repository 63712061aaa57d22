"""One grading, from its id to its record. No database session is open while code runs."""

import random
from collections.abc import Mapping

import structlog

from grader.bootstrap import Context
from grader.services import grading, materialise, runs
from rubrics.score import assemble
from workers.engine import Engine
from workers.kept import Shelf
from workers.pipeline import Stopwatch, grade, running

log = structlog.get_logger()


def carry_out(ctx: Context, engine: Engine, grading_id: str) -> bool:
    """Claim, grade and record one grading.

    What was kept of the submission's runs is taken: of a first grading, nothing is.

    Returns False if there was nothing left to do. Raises SandboxBroken or JudgeBroken when the
    fault is ours and it may help to try again.
    """
    watch = Stopwatch()
    work = grading.claim(ctx, grading_id)
    if work is None:
        return False
    folder = materialise.folder(ctx, work.digest)
    assignment = materialise.assignment(ctx, work.digest)
    watch.lap("load")
    kept = runs.known(ctx, work.submission_id)
    shelf = Shelf(running(engine), kept, ctx.artefacts.get)
    graded = grade(assignment, folder, work.answers, work.seed, engine, shelf.run)
    whole = assemble(
        assignment, work.student, work.attempt, graded.questions, graded.use, graded.versions
    )
    recorded = grading.record(ctx, grading_id, whole, {**watch.phases, **graded.phases})
    keep(ctx, {work.submission_id: shelf.fresh})
    return recorded


def keep(ctx: Context, fresh: Mapping[str, Mapping[str, bytes]]) -> None:
    """Keep what was run, for regrades. A grade never hangs on it: a regrade may run again."""
    try:
        runs.keep(ctx, fresh)
    except OSError as error:
        log.warning("runs not kept", submissions=list(fresh), error=str(error))


def backoff_s(retries: int) -> float:
    """Seconds to wait before the next try: about 1, 4, 16, 60, never in step with others."""
    return min(60.0, 4.0**retries) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret in it
