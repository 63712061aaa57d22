"""Words, dicts and uneven lists that a script left behind, compared part by part."""

from typing import Any

from rubrics.answers.code.compare import plain_value
from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.produced import Incomparable
from rubrics.check_specs import ValuesCheck
from rubrics.checks.attempt import attempt
from rubrics.checks.case import Case, References
from rubrics.checks.close import Match, Rules
from rubrics.checks.matching import match
from rubrics.checks.mistakes import WEIGHT, Known, known_as, with_known
from rubrics.checks.over_cases import grade
from rubrics.checks.telling import telling_results
from rubrics.grade import CheckGrade
from rubrics.outcome import Outcome

LONGEST = 300


def plain_values(
    spec: ValuesCheck, case: Case, asked: CodeSpec, true: tuple[Any, Any]
) -> CheckGrade:
    """Score the share of parts that are right; `true` is as given in the dtype, and in float64.

    Raises AuthorError.
    """
    try:
        given = plain_value(asked, case.parsed, case.run)
    except Incomparable as why:
        return grade(spec, case, share=0.0, said=why.feedback, outcome=why.outcome)
    found = compare(spec, asked, given, true)
    if found.share == 1:
        return grade(spec, case, share=1.0, said="Right.")
    known = attempt(lambda: _mistake(spec, case.references, asked, given, true[1]), None)
    share, named = with_known(found.share if spec.credit == "component" else 0.0, (), known)
    graded = grade(spec, case, share=share, said=_said(spec, found, true[0]))
    if graded.outcome is Outcome.CORRECT:  # a mistake that earns everything is still one
        graded = graded.model_copy(update={"outcome": Outcome.PARTIAL})
    return graded.model_copy(update={"diagnoses": named})


def compare(spec: ValuesCheck, asked: CodeSpec, given: Any, true: tuple[Any, Any]) -> Match:
    """A list may stand for a tuple, an int for a float. Raises AuthorError."""
    return match(f"`{asked.collected}`", given, *true, rules_of(spec))


def rules_of(spec: ValuesCheck) -> Rules:
    """How parts are compared."""
    return Rules(strict=False, tolerance=spec.tolerance, allow_nonfinite=spec.allow_nonfinite)


def _mistake(
    spec: ValuesCheck, references: References, asked: CodeSpec, given: Any, true: Any
) -> Known | None:
    """The first that the value is, unless chance would do as well. `true` is right, in float64."""
    weight = WEIGHT / max(1, len(spec.mistakes))
    for one in spec.mistakes:
        wrong = references.plain(one.reference, asked.dtype)
        if wrong is None or compare(spec, asked, given, wrong).share < 1:
            continue
        if telling_results([(wrong, true)], rules_of(spec), weight):
            return known_as(one)
    return None


def _said(spec: ValuesCheck, found: Match, plain: Any) -> str:
    parts = f"{found.right} of {found.total} parts {'is' if found.right == 1 else 'are'} right. "
    shown = repr(plain)
    shown = shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
    expected = f" Expected: {shown}." if spec.reveal else ""
    return f"{parts if found.total > 1 else ''}{found.fault}{expected}"
