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
        first = pool.measure(BY_HAND, digest, 3, "power", lane=1)
        assert [one.kind for one in first.rooms] == ["tensor", "code"]
        assert all(one.used <= 1 < (one.nearest or 0) for one in first.rooms)
        again = pool.measure(BY_HAND, digest, 3, "power", threads=2, truths=first.truths, lane=1)
        assert all(one.used <= 1 and one.nearest is None for one in again.rooms)
        assert all("threads" in one.how for one in again.rooms)
    finally:
        pool.close()


SETTINGS = """key: course/made
title: Made
questions:
  - id: q
    title: Q
    points: 1
    statement: "S"
    answers: [{kind: code}]
    checks:
      - {id: c, kind: calls, title: C, call: f, cases: cases, tolerance: {rtol: 1.0e-4, atol: 0}}
      - {id: g, kind: gradients, title: G, call: f, cases: cases, needs: [c]}
"""
BY_SETTING = """import torch
from rubrics.reference import case

PLAIN = 0.01 * (torch.backends.cpu.get_cpu_capability() == "DEFAULT")


def f(x):
    return x * (1 + 0.001 * (torch.get_num_threads() - 1) + PLAIN)


def cases(draw):
    yield case(torch.ones(3))
"""


def test_functions_are_held_to_what_one_thread_and_the_best_instructions_give(
    tmp_path: Path,
) -> None:
    """Each judge alone finds its own results right: only across them do they lie apart.

    Here the first gives its argument back, which trying the variant out tells.
    """
    (tmp_path / "assignment.yaml").write_text(SETTINGS)
    (tmp_path / "reference.py").write_text(BY_SETTING)
    digest = loader.digest(tmp_path)
    usual, bare = JudgePool(max_judges=1), JudgePool(max_judges=1, capability="default")
    try:
        (report,) = usual.inspect(tmp_path, digest, [0])
        said = [one.message for one in report.findings]
        assert "argument 1 itself is a right answer in every case" in said
        first = usual.measure(tmp_path, digest, 0, "q")
        assert [round(one.used) for one in first.rooms] == [0, 0]
        for pool, threads, error in ((usual, 2, 0.001), (bare, 1, 0.01)):
            told = pool.measure(tmp_path, digest, 0, "q", threads=threads, truths=first.truths)
            assert [one.check for one in told.rooms] == ["c", "g"]
            assert all(one.used > 1 for one in told.rooms)
            assert told.rooms[0].error == pytest.approx(error, rel=1e-3)
    finally:
        usual.close()
        bare.close()
