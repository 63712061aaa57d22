"""One grading, from its id to its record. No database session is open while code runs."""

import random

from grader.bootstrap import Context
from grader.services import grading, materialise
from rubrics.score import assemble
from workers.engine import Engine
from workers.pipeline import Stopwatch, grade


def carry_out(ctx: Context, engine: Engine, grading_id: str) -> bool:
    """Claim, grade and record one grading.

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
    graded = grade(assignment, folder, work.answers, work.seed, engine)
    whole = assemble(
        assignment, work.student, work.attempt, graded.questions, graded.use, graded.versions
    )
    return grading.record(ctx, grading_id, whole, {**watch.phases, **graded.phases})


def backoff_s(retries: int) -> float:
    """Seconds to wait before the next try: about 1, 4, 16, 60, never in step with others."""
    return min(60.0, 4.0**retries) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret in it
