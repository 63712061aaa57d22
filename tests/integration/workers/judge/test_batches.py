"""Many answers in one message to a real judge."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from rubrics.answers import ParsedAnswer, RawAnswer, parse_answer
from rubrics.loader import LIBRARY, load
from workers.judge import JudgeBroken, JudgePool, Verdict
from workers.judge.wire import Question

PAPER = load(LIBRARY / "autograd" / "paper-1")


@pytest.fixture(scope="module")
def judges() -> Iterator[JudgePool]:
    pool = JudgePool(max_judges=2)
    yield pool
    pool.close()


def asked(text: str) -> Question:
    raw = RawAnswer(kind="tensor", text=text)
    return Question(do="judge", answers={"q1": parse_answer(PAPER.questions[0], raw)}, seed=1)


TEXTS = [f"[0.9673, 1.6824, 2.0190, {579.938 + n:.4f}]" for n in range(40)]


def many(judges: JudgePool, questions: list[Question], lane: int = 1) -> list[Verdict | str]:
    return judges.judge_many(PAPER.folder, PAPER.digest, questions, 60, lane)


def test_each_gets_the_verdict_that_it_gets_alone(judges: JudgePool) -> None:
    questions = [asked(text) for text in TEXTS]
    together = many(judges, questions)
    assert len(together) == len(TEXTS)
    for question, verdict in list(zip(questions, together, strict=True))[::8]:
        alone = judges.judge(PAPER.folder, PAPER.digest, question.answers, {}, 1)
        assert isinstance(verdict, Verdict)
        assert verdict == alone
    assert [v.questions[0].score for v in together if isinstance(v, Verdict)] == [4.0] + [3.0] * 39


def test_one_that_breaks_harms_no_other(judges: JudgePool) -> None:
    odd = Question(do="plan", answers={"q1": ParsedAnswer(kind="none", text="")}, seed=1)
    right, broken, again = many(judges, [asked(TEXTS[0]), odd, asked(TEXTS[0])])
    assert right == again
    assert isinstance(broken, str)
    assert broken


def test_lanes_are_judges_of_their_own_and_a_dead_one_is_replaced(judges: JudgePool) -> None:
    many(judges, [asked(TEXTS[0])], 1)
    many(judges, [asked(TEXTS[0])], 2)
    pids = judges.pids()
    lanes = [pid for name, pid in pids.items() if "#" in name]
    assert len(set(lanes)) == 2
    for pid in lanes:
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.1)
    with pytest.raises(JudgeBroken):
        many(judges, [asked(TEXTS[0])], 1)
    assert isinstance(many(judges, [asked(TEXTS[0])], 1)[0], Verdict)
