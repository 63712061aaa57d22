"""A grading that takes long is not taken for lost while its worker lives."""

from datetime import timedelta
from typing import Any

import pytest

from grader.bootstrap import Context
from grader.services import grading, sweep
from rubrics.answers import RawAnswer
from workers import at_work


def test_a_long_grading_is_touched_and_not_swept(
    ctx: Context,
    submit: Any,
    sample_answers: dict[str, RawAnswer],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(at_work, "LONG_S", 0.0)
    receipt = submit(sample_answers["right-numbers"])
    grading.claim(ctx, receipt.grading_id)
    with at_work.at_work(receipt.grading_id):
        for _ in range(10):
            ctx.clock.forward(minutes=2)
            assert at_work.touch_long_ones(ctx) == 1
            assert sweep.sweep(ctx, timedelta(minutes=3)) == 0
    assert at_work.touch_long_ones(ctx) == 0
    ctx.clock.forward(minutes=4)
    assert sweep.sweep(ctx, timedelta(minutes=3)) == 1, "its worker is gone"


def test_a_short_one_costs_no_write(ctx: Context) -> None:
    with at_work.at_work("01900000-0000-7000-8000-000000000000"):
        assert at_work.touch_long_ones(ctx) == 0
