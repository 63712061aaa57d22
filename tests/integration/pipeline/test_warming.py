"""Judges stand before the first answer comes."""

import dataclasses
from pathlib import Path
from typing import Any

from grader.bootstrap import Context
from grader.store.artefacts import Artefacts
from grader.store.models import AssignmentRow
from workers.engine import Engine
from workers.warming import Warmer


def test_a_published_version_is_warmed_once(ctx: Context, engine: Engine, classroom: Any) -> None:
    with ctx.store.read() as session:
        digest = session.get_one(AssignmentRow, classroom.assignment_id).digest
    warmer = Warmer(ctx, engine.judges)
    assert warmer.warm_new() == [digest]
    assert digest in engine.judges.pids()
    assert warmer.warm_new() == []


def test_a_lost_archive_is_left_to_the_grading_that_needs_it(
    ctx: Context, engine: Engine, classroom: Any, tmp_path: Path
) -> None:
    settings = ctx.settings.model_copy(update={"cache_dir": tmp_path / "empty"})
    lost = Artefacts(f"file://{tmp_path}/lost")
    without = dataclasses.replace(ctx, settings=settings, artefacts=lost)
    assert Warmer(without, engine.judges).warm_new() == []
