"""Assignments tried out in real judges: by variants, on threads, without vector instructions."""

from pathlib import Path

import pytest

from rubrics import loader
from rubrics.answers import RawAnswer, parse_answer
from workers.judge import JudgePool

BY_HAND = loader.LIBRARY / "autograd" / "by-hand"

YAML = """key: course/made
title: Made
questions:
  - id: q
    title: Q
    points: 1
    statement: "S"
    answers: [{kind: number, decimals: 0}]
    checks: [{id: v, kind: values, title: V, reference: plain}]
"""
REFERENCE = """import torch


def plain():
    return float(torch.backends.cpu.get_cpu_capability() == "DEFAULT")
"""


def plain(pool: JudgePool, folder: Path) -> bool:
    """Whether a judge of that pool works without vector instructions."""
    question = loader.load(folder).questions[0]
    answers = {"q": parse_answer(question, RawAnswer(kind="number", text="1"))}
    return pool.judge(folder, loader.digest(folder), answers, {}, 1).questions[0].score == 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "course" / "made"
    folder.mkdir(parents=True)
    (folder / "assignment.yaml").write_text(YAML)
    (folder / "reference.py").write_text(REFERENCE)
    return folder


@pytest.mark.parametrize("capability", [None, "default"])
def test_a_pool_has_the_instructions_asked_for_and_tries_out(
    folder: Path, capability: str | None
) -> None:
    pool = JudgePool(max_judges=1, capability=capability)
    try:
        if capability:
            assert plain(pool, folder)
        digest = loader.digest(BY_HAND)
        reports = pool.inspect(BY_HAND, digest, [3, 4], lane=1)
        assert [one.number for one in reports] == [3, 4]
        assert all(not one.findings and len(one.slips) == 3 for one in reports)
        for threads in (1, 2):
            rooms = pool.measure(BY_HAND, digest, 3, threads=threads)
            assert len(rooms) == 6
            assert all(one.used <= 1 < (one.nearest or 0) for one in rooms)
    finally:
        pool.close()
