"""Compare numbers, typed or left behind by a script, with the author's reference."""

from collections.abc import Callable
from functools import partial
from typing import Any

import torch

from rubrics.answers import spec_for
from rubrics.answers.code.compare import produce as from_code
from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.number.compare import produce as from_number
from rubrics.answers.number.spec import NumberSpec
from rubrics.answers.produced import Incomparable, Produced, apart
from rubrics.answers.tensor.compare import produce as from_tensor
from rubrics.answers.tensor.spec import TensorSpec
from rubrics.check_specs import ValuesCheck
from rubrics.checks.attempt import attempt
from rubrics.checks.case import Case, References
from rubrics.checks.feedback import feedback
from rubrics.checks.mistakes import Known, mistake_in_values, with_known
from rubrics.checks.other_variant import other_variant
from rubrics.checks.plain_values import plain_values
from rubrics.diagnose import MOST, Seen, explain, sample
from rubrics.grade import CheckGrade, Diagnosis
from rubrics.outcome import UNSCORED, Outcome
from rubrics.reference.gradient import AuthorError
from rubrics.reference.load import Expected
from rubrics.schema import Question

PRODUCE: dict[str, Callable[..., Produced]] = {
    "number": from_number,
    "tensor": from_tensor,
    "code": from_code,
}

ARITHMETIC = {"typed": 3e-6, "computed": 2e-5}
"""What float32 may lose on a wrong way of computing, whose conditioning nobody knows."""


def values(spec: ValuesCheck, case: Case) -> CheckGrade:
    """Score the share of components within tolerance. Raises AuthorError."""
    asked: Any = spec_for(case.question, case.parsed.kind)
    plain = isinstance(asked, CodeSpec) and case.references.plain(spec.reference, asked.dtype)
    if plain:
        return plain_values(spec, case, asked, plain)
    expected = _comparable(spec, case.references.expected(spec.reference, asked.dtype))

    def give(true: Expected) -> Produced:
        return PRODUCE[asked.kind](asked, case.parsed, case.run, true, spec.tolerance)

    def known() -> Known | None:
        return mistake_in_values(spec, case, asked.dtype, give, expected.exact)

    try:
        produced = give(expected)
    except Incomparable as why:
        named = attempt(known, None) if why.outcome is Outcome.WRONG else None
        return _grade(spec, case, why.outcome, 0.0, why.feedback, named)
    right = agree(produced, expected, spec.allow_nonfinite)
    share = float(right.double().mean())
    said = feedback(spec, produced, expected, right)
    if share == 1:
        return _grade(spec, case, Outcome.CORRECT, 1.0, said)
    none: tuple[Diagnosis, ...] = ()
    slips = attempt(lambda: _why(spec, case, asked.dtype, produced, right), none)
    earned = share if spec.credit == "component" else 0.0
    return _grade(spec, case, Outcome.WRONG, earned, said, attempt(known, None), slips)


def warm_values(spec: ValuesCheck, question: Question, references: References) -> None:
    """Work out the reference in every dtype that may be asked for, and its table of slips."""
    for answer in question.answers:
        if isinstance(answer, NumberSpec | TensorSpec | CodeSpec):
            if isinstance(answer, CodeSpec) and references.plain(spec.reference, answer.dtype):
                continue
            references.expected(spec.reference, answer.dtype)
            for one in spec.mistakes:
                attempt(partial(references.expected, one.reference, answer.dtype), None)
            if spec.diagnose:
                references.table(spec.reference, answer.dtype)


def agree(produced: Produced, expected: Expected, allow_nonfinite: bool) -> torch.Tensor:
    """Which components pass: bool, of the reference's shape.

    Finite first: `nan <= allowed` and `inf - inf` would both decide by accident. A value that is
    not finite passes only where the reference is the very same and the rubric allows it.
    """
    given, true = produced.values, expected.exact
    both = given.isfinite() & true.isfinite()
    near = apart(given, true) <= produced.allowed
    same = (given == true) | (given.isnan() & true.isnan())
    return torch.where(both, near, same & ~true.isfinite() & allow_nonfinite)


def _comparable(spec: ValuesCheck, expected: Expected) -> Expected:
    if not expected.exact.numel():
        raise AuthorError(f"`{spec.reference}` has no components: any empty answer would be right")
    if not spec.allow_nonfinite and not bool(expected.exact.isfinite().all()):
        raise AuthorError(f"`{spec.reference}` is not finite: allow it, or choose other inputs")
    return expected


def _why(
    spec: ValuesCheck, case: Case, dtype: str, produced: Produced, right: torch.Tensor
) -> tuple[Diagnosis, ...]:
    if not spec.diagnose:
        return ()
    references = case.references
    table = references.table(spec.reference, dtype)
    kept = sample(right.numel()) if table is None else table.kept
    seen = Seen(
        values=produced.values.flatten()[kept],
        right=right.flatten()[kept],
        half_units=produced.half_units.flatten()[kept],
        kept=kept,
        rtol=ARITHMETIC["typed" if produced.typed else "computed"],
        typed=produced.typed,
    )
    found = () if table is None else explain(table, seen)
    if references.neighbours is not None:
        true = references.expected(spec.reference, dtype).exact.flatten()
        found += other_variant(references.neighbours, spec.reference, seen, true)
    return found[:MOST]


def _grade(  # noqa: PLR0917 - the parts of a grade, in their order
    spec: ValuesCheck,
    case: Case,
    outcome: Outcome,
    share: float,
    said: str,
    known: Known | None = None,
    why: tuple[Diagnosis, ...] = (),
) -> CheckGrade:
    """A wrong answer that earns something is partly right; a known mistake goes first."""
    points = case.question.points_of(spec)
    share, why = with_known(share, why, known)
    if outcome is Outcome.WRONG and share:
        outcome = Outcome.PARTIAL
    return CheckGrade(
        id=spec.id,
        title=spec.title,
        outcome=outcome,
        evidence=spec.evidence,
        score=None if outcome in UNSCORED else points * share,
        max_score=points,
        feedback=said,
        diagnoses=why,
    )
