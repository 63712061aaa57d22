"""Is a formula fit for a student in one variant? Not if it is trivial, or a mistake is right."""

from collections.abc import Iterator

from rubrics.answer_check_specs import EquivalentCheck
from rubrics.answers.expression.compare import known
from rubrics.answers.expression.nodes import Formula
from rubrics.answers.expression.same import NoPoints, Sample, Verdict, compare, sample
from rubrics.answers.expression.spec import ExpressionSpec
from rubrics.reference.gradient import AuthorError
from rubrics.schema import Question

TRIVIAL = "the formula is only"


def unfit_formulas(question: Question) -> Iterator[tuple[str, str]]:
    """Ids of `equivalent` checks, and what is wrong with their formula in this variant."""
    for asked in question.answers:
        for check in question.checks:
            if isinstance(asked, ExpressionSpec) and isinstance(check, EquivalentCheck):
                yield from ((check.id, said) for said in _unfit(check, asked))


def _unfit(check: EquivalentCheck, asked: ExpressionSpec) -> Iterator[str]:
    try:
        reference = known(asked, check.formula)
        mistakes = [(one.formula, known(asked, one.formula)) for one in check.mistakes]
        samples = sample(reference, asked.symbols, seed=0)
    except (AuthorError, NoPoints) as fault:
        yield f"the reference fails: {fault}"
        return
    for text in ("0", "1", *(symbol.name for symbol in asked.symbols)):
        if _same(reference, known(asked, text), samples, asked):
            yield f"{TRIVIAL} `{text}`"
    for text, mistake in mistakes:
        if _same(reference, mistake, samples, asked):
            yield f"the mistake `{text}` is right"


def _same(reference: Formula, other: Formula, samples: list[Sample], asked: ExpressionSpec) -> bool:
    return compare(reference, other, samples, asked.symbols).verdict is Verdict.SAME
