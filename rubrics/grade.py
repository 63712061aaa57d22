"""The one shape of a grade: command line, API, database and webhooks all carry exactly this.

Fields may be added, never renamed or removed. A score that waits for a person, or for us, is None.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from rubrics.outcome import Outcome

Evidence = Literal["values", "observed", "person"]
"""Judged from shipped values (cannot be forged), observed beside student code, or by a person."""


class Frozen(BaseModel):
    """Base of every value object: immutable, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Diagnosis(Frozen):
    """One explanation of a wrong answer, the likeliest first in its list."""

    kind: str
    where: str
    text: str


class CheckGrade(Frozen):
    """One check of one question: what it looked at, and what it found."""

    id: str
    title: str
    outcome: Outcome
    evidence: Evidence
    score: float | None
    max_score: float
    feedback: str = ""
    diagnoses: tuple[Diagnosis, ...] = ()


class QuestionGrade(Frozen):
    """One question; its score is None as soon as that of one of its checks is."""

    id: str
    score: float | None
    max_score: float
    outcome: Outcome
    feedback: str = ""
    checks: tuple[CheckGrade, ...] = ()


class SandboxUse(Frozen):
    """What the student's code used, measured from outside; empty when nothing ran."""

    layers: tuple[str, ...] = ()
    wall_ms: float = 0.0
    cpu_ms: float = 0.0
    peak_mb: float = 0.0


class Grade(Frozen):
    """A graded submission.

    `score` is after any late penalty; `late_penalty` is the share taken off (0 to 1).
    """

    assignment: str
    student: str
    attempt: int = Field(ge=0)
    score: float | None
    max_score: float
    provisional: bool
    outcome: Outcome
    questions: tuple[QuestionGrade, ...]
    sandbox: SandboxUse = SandboxUse()
    versions: dict[str, str] = Field(default_factory=dict)
    late_penalty: float = Field(default=0.0, ge=0, le=1)
