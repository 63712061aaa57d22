"""How often wrong gradients of code are explained, and how long that takes.

Every answer is planned, run in the real sandbox and judged for several submissions. Tables of slips
are made beforehand, as when a judge starts.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import torch

from rubrics.answers import RawAnswer, parse_answer
from rubrics.checks.calls import explained
from rubrics.checks.case import Case, References
from rubrics.checks.gradients import explained_gradients
from rubrics.checks.table import CHECKS, RECORD, WARM
from rubrics.grade import CheckGrade
from rubrics.judge import Judge
from rubrics.judge.plan import plan
from rubrics.loader import load
from rubrics.schema import Question
from tests.golden.code.answers import QUESTION, WrongCode, wrong_code
from workers.engine import Engine
from workers.jobs import run_all
from workers.pipeline import running

SUBMISSIONS = 3
"""Of each answer, with hidden inputs that no other has."""

EXPLAIN: dict[str, Callable[..., CheckGrade]] = {
    "calls": explained,
    "gradients": explained_gradients,
}

One = TypeVar("One")


@dataclass
class CodeScore:
    """Counts over all submissions; `missed` and `false` name what to look at.

    The rest are milliseconds of processor time, with one thread as in a judge: of a submission, to
    work out the expected values, to compare and to explain; of an assignment, to make the tables.
    """

    submissions: int = 0
    named: int = 0
    known: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    expected_ms: list[float] = field(default_factory=list)
    compared_ms: list[float] = field(default_factory=list)
    explained_ms: list[float] = field(default_factory=list)
    tables_ms: list[float] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every slip that has a name was named, and no other one."""
        return not self.missed and not self.false


def measure(engine: Engine, submissions: int = SUBMISSIONS) -> CodeScore:
    """Every answer, so many times; once is enough to see whether it is named."""
    score, posed = CodeScore(), dict[str, tuple[Question, References]]()
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        for number, one in enumerate(wrong_code()):
            if one.assignment not in posed:
                posed[one.assignment] = _posed(score, one)
            for at in range(submissions):
                seed = 1 + number * submissions + at
                _submit(score, one, *posed[one.assignment], seed=seed, engine=engine)
    finally:
        torch.set_num_threads(threads)
    return score


def _posed(score: CodeScore, one: WrongCode) -> tuple[Question, References]:
    question = load(one.folder).question(QUESTION)
    references = Judge(one.folder).pose(0).references[QUESTION]
    warm = [check for check in question.checks if check.kind in WARM]
    spent, _ = _timed(lambda: [WARM[one.kind](one, question, references) for one in warm])
    score.tables_ms.append(spent)
    return question, references


def _submit(
    score: CodeScore,
    one: WrongCode,
    question: Question,
    references: References,
    *,
    seed: int,
    engine: Engine,
) -> None:
    parsed = parse_answer(question, RawAnswer(kind="code", files={}, text=one.source))
    runs = run_all(plan(question, parsed, references, seed), running(engine))
    case = Case(question, parsed, runs[QUESTION], references, seed)
    spec: Any = next(check for check in question.checks if check.id == one.check)
    recorded = case.recorded(spec, RECORD[spec.kind](spec, case.author))
    spent, _ = _timed(lambda: [case.author.expected(at, spec.names) for at in recorded])
    score.expected_ms.append(spent)
    whole, graded = _timed(lambda: CHECKS[spec.kind](spec, case))
    again, _ = _timed(lambda: EXPLAIN[spec.kind](spec, case, recorded, graded))
    score.explained_ms.append(again)
    score.compared_ms.append(max(0.0, whole - again))
    _count(score, one, graded)


def _timed(do: Callable[[], One]) -> tuple[float, One]:
    started = time.process_time()
    found = do()
    return 1e3 * (time.process_time() - started), found


def _count(score: CodeScore, one: WrongCode, graded: CheckGrade) -> None:
    kinds = [found.kind for found in graded.diagnoses]
    said = f"{one.assignment}/{one.check}, `{one.new[-60:]}`: {', '.join(kinds) or 'nothing'}"
    score.submissions += 1
    score.known += bool(one.kinds)
    named = bool(set(kinds[:1]) & set(one.kinds))
    score.named += named
    if one.kinds and not named:
        score.missed.append(said)
    if not set(kinds) <= set(one.kinds):
        score.false.append(said)
