"""Add up what the chosen options are worth."""

import math

from rubrics.answer_check_specs import ChoicesCheck
from rubrics.checks.case import Case
from rubrics.grade import CheckGrade
from rubrics.outcome import Outcome


def choices(spec: ChoicesCheck, case: Case) -> CheckGrade:
    """The points of the chosen options, between 0 and the check's points."""
    data = case.parsed.data if isinstance(case.parsed.data, dict) else {}
    found = data.get("chosen")
    chosen = frozenset(map(str, found)) if isinstance(found, list) else frozenset()
    most = case.question.points_of(spec)
    score = _score(spec, chosen, most)
    return CheckGrade(
        id=spec.id,
        title=spec.title,
        outcome=_outcome(score, chosen == spec.right),
        evidence=spec.evidence,
        score=score,
        max_score=most,
        feedback=_feedback(spec, chosen),
    )


def _score(spec: ChoicesCheck, chosen: frozenset[str], most: float) -> float:
    if spec.credit == "all":
        return most if chosen == spec.right else 0.0
    earned = math.fsum(one.points for one in spec.options if one.id in chosen)
    return min(max(earned, 0.0), most)


def _outcome(score: float, exactly: bool) -> Outcome:
    if exactly:
        return Outcome.CORRECT
    return Outcome.PARTIAL if score else Outcome.WRONG


def _feedback(spec: ChoicesCheck, chosen: frozenset[str]) -> str:
    """The author's words on what was chosen; how many are missing is said, but not which."""
    said = [one.feedback for one in spec.options if one.id in chosen and one.feedback]
    missing = len(spec.right - chosen)
    if not said:
        said.append("Right." if chosen == spec.right else "Not right.")
    if missing and len(spec.right) > 1:
        options = "One right option is" if missing == 1 else f"{missing} right options are"
        said.append(f"{options} missing.")
    if spec.reveal and chosen != spec.right:
        said.append(f"Right: {', '.join(one.id for one in spec.options if one.points > 0)}.")
    return " ".join(said)
