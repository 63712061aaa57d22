"""What judges are asked, and what they answer: one submission, many, or an author's variants."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from rubrics.answers import ParsedAnswer
from rubrics.findings import Measured, Truth, VariantReport, WrongSample
from rubrics.grade import QuestionGrade
from rubrics.job import Job, Run
from workers.judge import wire
from workers.judge.judges import Judges
from workers.judge.process import JudgeBroken
from workers.sandbox.config import Required

Answer = TypeVar("Answer")

_GRADES = TypeAdapter(list[QuestionGrade])


@dataclass(frozen=True)
class Verdict:
    """What a judge found for each question, in the assignment's order, and what it ran on."""

    questions: tuple[QuestionGrade, ...]
    versions: dict[str, str]


class JudgePool:
    """Asks warm judges, found by the assignment's digest; thread-safe.

    `capability` bounds the vector instructions that torch uses (see `Judges`), `required` is the
    level of the sandbox below which none is asked.
    """

    def __init__(
        self,
        max_judges: int = 4,
        idle_s: float = 1800.0,
        capability: str | None = None,
        required: Required = "floor",
    ) -> None:
        self._judges = Judges(max_judges, idle_s, capability, required)

    @property
    def capacity(self) -> int:
        """How many judges stand at once."""
        return self._judges.most

    def warm(self, folder: Path, digest: str, timeout_s: float = 60) -> None:
        """Make the judge of that digest now. Raises JudgeBroken."""
        self._judges.release(self._judges.take(folder, digest, time.monotonic() + timeout_s))

    def judge(  # noqa: PLR0917 - a submission's parts, in the order they are made
        self,
        folder: Path,
        digest: str,
        answers: Mapping[str, ParsedAnswer],
        runs: Mapping[str, Run],
        seed: int,
        timeout_s: float = 60,
    ) -> Verdict:
        """Judge one submission. Raises JudgeBroken when no answer came; trying again may help."""
        asked = wire.Question(do="judge", answers=dict(answers), seed=seed, runs=dict(runs))

        def read(told: dict[str, Any], versions: dict[str, str]) -> Verdict:
            return Verdict(tuple(_GRADES.validate_python(told["questions"])), versions)

        return self._ask(folder, digest, asked, timeout_s, read)

    def plan(
        self,
        folder: Path,
        digest: str,
        answers: Mapping[str, ParsedAnswer],
        seed: int,
        timeout_s: float = 60,
    ) -> dict[str, Job]:
        """What the sandbox must run for these answers, hidden inputs included.

        Jobs by question id, and by "id/check/side" for what is measured by itself. Raises
        JudgeBroken as `judge` does.
        """
        asked = wire.Question(do="plan", answers=dict(answers), seed=seed)

        def read(told: dict[str, Any], _: dict[str, str]) -> dict[str, Job]:
            return wire.jobs_of(told["jobs"])

        return self._ask(folder, digest, asked, timeout_s, read)

    def judge_many(
        self,
        folder: Path,
        digest: str,
        asked: Sequence[wire.Question],
        timeout_s: float = 60,
        lane: int = 0,
    ) -> list[Verdict | str]:
        """Judge many submissions in one message: a verdict for each, or what went wrong with it.

        Each `lane` is a judge of its own, so that several callers are served at once. Raises
        JudgeBroken as `judge` does: then none of them was judged.
        """

        def read(told: dict[str, Any], versions: dict[str, str]) -> list[Verdict | str]:
            return [_verdict_or_fault(one, versions) for one in told["answers"]]

        batch = wire.Batch(questions=tuple(asked))
        return self._ask(folder, _in_lane(digest, lane), batch, timeout_s, read)

    def plan_many(
        self,
        folder: Path,
        digest: str,
        asked: Sequence[wire.Question],
        timeout_s: float = 60,
        lane: int = 0,
    ) -> list[dict[str, Job] | str]:
        """Plan many submissions in one message, as `judge_many` judges them."""

        def read(told: dict[str, Any], _: dict[str, str]) -> list[dict[str, Job] | str]:
            return [
                one["fault"] if "fault" in one else wire.jobs_of(one["jobs"])
                for one in told["answers"]
            ]

        batch = wire.Batch(questions=tuple(asked))
        return self._ask(folder, _in_lane(digest, lane), batch, timeout_s, read)

    def inspect(
        self,
        folder: Path,
        digest: str,
        numbers: Sequence[int],
        timeout_s: float = 60,
        lane: int = 0,
    ) -> list[VariantReport]:
        """Try variants out, by their numbers. Raises JudgeBroken as `judge` does."""

        def read(told: dict[str, Any], _: dict[str, str]) -> list[VariantReport]:
            return [VariantReport.model_validate(one["variant"]) for one in told["found"]]

        asked = wire.Audit(numbers=tuple(numbers))
        return self._ask(folder, _in_lane(digest, lane), asked, timeout_s, read)

    def measure(  # noqa: PLR0917 - as its neighbours
        self,
        folder: Path,
        digest: str,
        number: int,
        question: str,
        samples: Sequence[WrongSample] = (),
        threads: int = 1,
        truths: Sequence[Truth] | None = None,
        timeout_s: float = 60,
        lane: int = 0,
    ) -> Measured:
        """The room of one question's tolerances in one variant.

        With `truths`, as another judge found them, right answers are held to those, and `samples`
        are of no concern. Raises JudgeBroken as `judge` does.
        """

        def read(told: dict[str, Any], _: dict[str, str]) -> Measured:
            return Measured.model_validate(told["found"][0]["measured"])

        asked = wire.Audit(
            numbers=(number,),
            room=question,
            threads=threads,
            samples=tuple(samples),
            truths=tuple(truths or ()),
            first=truths is None,
        )
        return self._ask(folder, _in_lane(digest, lane), asked, timeout_s, read)

    def _ask(
        self,
        folder: Path,
        digest: str,
        asked: wire.Question | wire.Batch | wire.Audit,
        timeout_s: float,
        read: Callable[[dict[str, Any], dict[str, str]], Answer],
    ) -> Answer:
        deadline = time.monotonic() + timeout_s
        judge = self._judges.take(folder, digest, deadline)
        try:
            told = judge.ask(wire.pack(asked), deadline - time.monotonic())
            return read(told, judge.versions)
        except (JudgeBroken, ValidationError, KeyError, TypeError) as fault:
            self._judges.drop(judge)
            raise JudgeBroken(f"judging {digest[:12]} failed: {fault}") from fault
        finally:
            self._judges.release(judge)

    def pids(self) -> dict[str, int]:
        """Process ids of the judges by digest, for staff and tests."""
        return self._judges.pids()

    def close(self) -> None:
        """End all judges and their server."""
        self._judges.close()


def _in_lane(digest: str, lane: int) -> str:
    """The name under which a judge of that digest is found; lane 0 is the one of single answers."""
    return f"{digest}#{lane}" if lane else digest


def _verdict_or_fault(told: dict[str, Any], versions: dict[str, str]) -> Verdict | str:
    if "fault" in told:
        return str(told["fault"])
    return Verdict(tuple(_GRADES.validate_python(told["questions"])), versions)
