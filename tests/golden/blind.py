"""Grades of the library's samples by people who saw a student's page and the answer, nothing else.

They were written before ours were looked at: `blind/<course>/<assignment>.yaml` has, by sample and
question, the outcome, the score (or a range, where hidden inputs decide), and why. Where theirs
and ours differ, `settled` says which is right and for what reason; then ours is not held to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rubrics.grade import QuestionGrade

FOLDER = Path(__file__).parent / "blind"
ROOM = 0.011
"""Scores by hand are written with two decimals."""


@dataclass(frozen=True)
class Blind:
    """One question of one sample; a person's decision leaves `score` open, as None."""

    outcome: str
    score: tuple[float, float] | None
    settled: str = ""

    def differs(self, ours: QuestionGrade) -> bool:
        """Whether our grade is another one, settled or not."""
        return self.outcome != ours.outcome.value or not self._holds(ours.score)

    def _holds(self, score: float | None) -> bool:
        if self.score is None or score is None:
            return self.score is None and score is None
        low, high = self.score
        return low - ROOM <= score <= high + ROOM


def load(key: str) -> dict[str, dict[str, Blind]]:
    """By sample and question. Raises FileNotFoundError for an assignment that nobody has graded."""
    data = yaml.safe_load((FOLDER / f"{key}.yaml").read_text())
    return {
        sample: {question: _blind(told) for question, told in found.items()}
        for sample, found in data.items()
    }


def differences(
    sample: str, blind: Mapping[str, Blind], graded: Iterable[QuestionGrade]
) -> Iterator[str]:
    """A line for each question whose grade is another, and unsettled."""
    ours = {one.id: one for one in graded}
    for question, theirs in blind.items():
        mine = ours[question]
        if theirs.differs(mine) and not theirs.settled:
            hand = "open" if theirs.score is None else "{:g} to {:g}".format(*theirs.score)
            yield (
                f"{sample}/{question}: {mine.outcome.value} {mine.score},"
                f" by hand {theirs.outcome} {hand}"
            )


def _blind(told: Mapping[str, Any]) -> Blind:
    score = told["score"]
    if score is not None:
        low, high = score if isinstance(score, list) else (score, score)
        score = (float(low), float(high))
    return Blind(told["outcome"], score, told.get("settled", ""))
