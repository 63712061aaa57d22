"""The threshold of `quality` must lie below what the reference scores, in whatever way it runs."""

from pathlib import Path

import pytest
import torch

from rubrics.answers import ParsedAnswer
from rubrics.audit import Setting, measure
from rubrics.findings import Measured, WrongSample
from rubrics.job import CallResult, Run
from rubrics.judge import Judge
from rubrics.reference.record import as_value
from tests.unit.rubrics.conftest import Write

REFERENCE = """
    from rubrics.reference import case


    def train(x):
        off = 0.1 * (torch.get_num_threads() - 1)
        return lambda hidden: hidden * (1 + off)


    def closeness(outputs, targets):
        return float(1 - (outputs - targets).abs().max())


    def cases(draw):
        yield case(torch.ones(3)).asking(torch.ones(3), targets=torch.ones(3))
"""


@pytest.fixture
def judge(write: Write):
    def made(at_least: float, call: str = "train") -> Judge:
        check = (
            f"{{id: c, kind: quality, title: C, call: {call}, cases: cases, metric: closeness,"
            f" at_least: {at_least}}}"
        )
        folder: Path = write(answers="[{kind: code}]", checks=f"[{check}]", reference=REFERENCE)
        return Judge(folder)

    return made


def measured(judge: Judge, **setting: object) -> Measured:
    return measure(judge.pose(0), "q", Setting(**setting))  # type: ignore[arg-type]


@pytest.mark.parametrize(("at_least", "used"), [(0.8, 0.5), (0.95, 2.0)])
def test_scores_are_held_to_those_of_one_thread(judge, at_least: float, used: float) -> None:
    asked = judge(at_least)
    first = measured(asked)
    assert [(one.used, one.tolerance) for one in first.rooms] == [(0, f"at least {at_least}")]
    truths = {one.place: one for one in first.truths}
    (room,) = measured(asked, threads=2, truths=truths, first=False).rooms
    assert room.used == pytest.approx(used, rel=1e-5)
    assert "2 threads" in room.how


def test_a_threshold_beyond_the_reference_is_seen(judge) -> None:
    (room,) = measured(judge(1.5)).rooms
    assert room.used > 1
    assert room.said == "the reference scores 1, 1.5 is asked for"


def test_what_the_file_does_not_have_is_not_measured(judge) -> None:
    assert measured(judge(0.9, call="learn")).rooms == ()


def test_a_sample_is_as_far_off_as_its_score(judge) -> None:
    asked = judge(0.9)
    answer = ParsedAnswer(kind="code", text="", data={}, files={"answer.py": b""})
    (call,) = asked.plan({"q": answer}, 3)["q"].calls
    given = CallResult(values={"value": '{"tensor":0}'}, tensors=(as_value(torch.full((3,), 0.7)),))
    run = Run(ended=None, calls={call.name: given})
    sample = WrongSample(name="weak", question="q", answer=answer, run=run, checks=("c",), seed=3)
    (room,) = measured(asked, samples=[sample]).rooms
    assert (room.wrong, room.nearest) == ("the sample weak", pytest.approx(3, rel=1e-5))
