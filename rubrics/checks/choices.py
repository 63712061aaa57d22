"""Add up what the chosen options are worth."""

import math

from rubrics.answer_check_specs import ChoicesCheck
from rubrics.answers.choice.spec import ChoiceSpec
from rubrics.checks.case import Case
from rubrics.grade import CheckGrade
from rubrics.outcome import Outcome

EXACT = 1e-9


def choices(spec: ChoicesCheck, case: Case) -> CheckGrade:
    """The points of the chosen options, between 0 and the check's points."""
    data = case.parsed.data if isinstance(case.parsed.data, dict) else {}
    found = data.get("chosen")
    chosen = frozenset(map(str, found)) if isinstance(found, list) else frozenset()
    most = case.question.points_of(spec)
    score = _score(spec, chosen, most)
    # Several choices may earn everything: of two acceptable options one is enough.
    full = most - score <= EXACT
    return CheckGrade(
        id=spec.id,
        title=spec.title,
        outcome=Outcome.CORRECT if full else Outcome.PARTIAL if score else Outcome.WRONG,
        evidence=spec.evidence,
        score=score,
        max_score=most,
        feedback=_feedback(spec, chosen, full, _most(case)),
    )


def _score(spec: ChoicesCheck, chosen: frozenset[str], most: float) -> float:
    if spec.credit == "all":
        return most if chosen == spec.right else 0.0
    earned = math.fsum(one.points for one in spec.options if one.id in chosen)
    return min(max(earned, 0.0), most)


def _most(case: Case) -> int:
    """How many options may be chosen."""
    asked = (one for one in case.question.answers if isinstance(one, ChoiceSpec))
    return next(((one.at_most or len(one.options)) if one.many else 1 for one in asked), 1)


def _feedback(spec: ChoicesCheck, chosen: frozenset[str], full: bool, most: int) -> str:
    """The author's words on what was chosen; how many are missing is said, but not which."""
    said = [one.feedback for one in spec.options if one.id in chosen and one.feedback]
    wanted = min(len(spec.right), most)
    missing = 0 if full else max(wanted - len(spec.right & chosen), 0)
    if not said:
        said.append("Right." if full else "Not right.")
    if missing and wanted > 1:
        options = "One right option is" if missing == 1 else f"{missing} right options are"
        said.append(f"{options} missing.")
    if spec.reveal and not full:
        said.append(f"Right: {', '.join(one.id for one in spec.options if one.points > 0)}.")
    return " ".join(said)
