"""Is a formula the author's, in whatever form? And if not, what differs?"""

from rubrics.answer_check_specs import EquivalentCheck
from rubrics.answers.expression.compare import Read, Trouble, known, read_run
from rubrics.answers.expression.explain import explain
from rubrics.answers.expression.nodes import Formula
from rubrics.answers.expression.places import everywhere, factor
from rubrics.answers.expression.same import NoPoints, Sample, Verdict, compare, sample
from rubrics.answers.expression.simplify import import_algebra
from rubrics.answers.expression.spec import ExpressionSpec
from rubrics.checks.case import Case, References
from rubrics.grade import CheckGrade, Diagnosis
from rubrics.outcome import UNSCORED, Outcome
from rubrics.reference import AuthorError
from rubrics.schema import Question

_UNCLEAR = "It could not be settled by machine whether this formula is right: a person will look."


def equivalent(spec: EquivalentCheck, case: Case) -> CheckGrade:
    """Right if equal in value everywhere; a person decides what cannot be settled.

    Raises AuthorError if the author's own formula cannot be read or has no value.
    """
    asked = _asked(case)
    reference = known(asked, spec.formula)
    given = read_run(asked, case.run)
    if isinstance(given, Trouble):
        return _grade(spec, case, given.outcome, 0.0, given.feedback)
    try:
        samples = sample(reference, asked.symbols, case.seed)
    except NoPoints as fault:
        raise AuthorError(f"the formula of `{spec.id}`: {fault}") from None
    found = compare(reference, given.formula, samples, asked.symbols)
    if found.verdict is Verdict.SAME:
        return _grade(spec, case, Outcome.CORRECT, 1.0, "Right.")
    if found.verdict is Verdict.UNCLEAR:
        because = f" ({found.why[0].upper()}{found.why[1:]}.)" if found.why else ""
        return _grade(spec, case, Outcome.NEEDS_REVIEW, 0.0, _UNCLEAR + because)
    if found.verdict is Verdict.NOWHERE:
        said = f"Your formula has no value where the right one has: {found.why}."
        return _grade(spec, case, Outcome.WRONG, 0.0, said)
    return _wrong(spec, case, reference, given, samples)


def warm_equivalent(
    spec: EquivalentCheck,  # noqa: ARG001
    question: Question,  # noqa: ARG001
    references: References,  # noqa: ARG001
) -> None:
    """Import the arithmetic now; what is drawn differs for each submission, so nothing is kept."""
    import_algebra()


def _wrong(
    spec: EquivalentCheck, case: Case, reference: Formula, given: Read, samples: list[Sample]
) -> CheckGrade:
    said = "The formula is not equivalent to the right one."
    if spec.reveal:
        said += f" Expected: {spec.formula}."
    mistake, credit = _mistake(spec, case, given, samples)
    if mistake is not None:
        return _grade(spec, case, _outcome(credit), credit, said, (mistake,))
    why = explain(reference, given.formula, samples) if spec.diagnose or spec.credit else ()
    credit = spec.credit.get(why[0].kind, 0.0) if why else 0.0  # type: ignore[call-overload]
    why = tuple(_in_every_variant(one, case) for one in why) if spec.diagnose else ()
    return _grade(spec, case, _outcome(credit), credit, said, why)


def _in_every_variant(one: Diagnosis, case: Case) -> Diagnosis:
    drawn = case.author.params
    where = factor(one.where, drawn) if one.kind == "scale" else everywhere(one.where, drawn)
    return one.model_copy(update={"where": where})


def _mistake(
    spec: EquivalentCheck, case: Case, given: Read, samples: list[Sample]
) -> tuple[Diagnosis | None, float]:
    """The first of the author's known mistakes that this formula is."""
    symbols = _asked(case).symbols
    for number, one in enumerate(spec.mistakes, 1):
        wrong = known(_asked(case), one.formula)
        try:
            there = sample(wrong, symbols, case.seed)
        except NoPoints:
            continue
        if samples and compare(wrong, given.formula, there, symbols).verdict is Verdict.SAME:
            drawn = case.author.params
            where = f"mistake {number}: {everywhere(one.formula, drawn)}" if drawn else one.formula
            found = Diagnosis(kind="known_mistake", where=where, text=one.feedback)
            return found, one.credit
    return None, 0.0


def _asked(case: Case) -> ExpressionSpec:
    for one in case.question.answers:
        if isinstance(one, ExpressionSpec):
            return one
    raise AuthorError("an `equivalent` check needs an `expression` answer")


def _outcome(credit: float) -> Outcome:
    return Outcome.PARTIAL if credit else Outcome.WRONG


def _grade(  # noqa: PLR0917 - the parts of a grade, in their order
    spec: EquivalentCheck,
    case: Case,
    outcome: Outcome,
    share: float,
    said: str,
    why: tuple[Diagnosis, ...] = (),
) -> CheckGrade:
    points = case.question.points_of(spec)
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
