"""Why is a formula wrong? A slip is named only where it gives the answer at every point."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rubrics.answers.expression.evaluate import Number, Undefined, context, evaluate
from rubrics.answers.expression.nodes import Formula
from rubrics.answers.expression.same import FEW, Sample
from rubrics.answers.expression.slips import Slip, slips
from rubrics.grade import Diagnosis

MOST = 3
MOST_TRIED = 150
NEARLY = 0.005
LARGEST = 12
"""Of a constant factor's numerator and denominator, to be named as a fraction."""


def explain(reference: Formula, given: Formula, samples: Sequence[Sample]) -> tuple[Diagnosis, ...]:
    """At most three explanations, the likeliest first; none if none fits everywhere.

    A match of random points to 25 digits is no chance, so nothing is named by luck. What luck
    could do is spare a hypothesis that says nothing: a constant has every number as a factor, so
    there only simple fractions count.
    """
    try:
        mine = [evaluate(given, one.point, FEW) for one in samples]
    except Undefined:
        return ()
    if not any(mine):
        return ()  # of an answer that is zero everywhere nothing can be said
    varies = any(not _near(one.few, samples[0].few) for one in samples)
    found = list(_overall(samples, mine, varies))
    if not found:
        found = [_said(slip, flipped) for slip, flipped in _fitting(reference, samples, mine)]
    if not found and varies:
        found = list(_rounded(samples, mine))
    return tuple(found[:MOST])


def _overall(samples: Sequence[Sample], mine: list[Number], varies: bool) -> Iterator[Diagnosis]:
    """A sign, or a constant factor, before the whole."""
    if any(one.few == 0 for one in samples):
        return
    ratios = [value / one.few for value, one in zip(mine, samples, strict=True)]
    ratio = ratios[0]
    if not all(_near(one, ratio) for one in ratios) or isinstance(ratio, context(FEW).mpc):
        return
    simple = _fraction(ratio)
    if simple == -1:
        text = "The sign is wrong: your formula is right but for its overall sign."
        yield Diagnosis(kind="sign", where="the whole formula", text=text)
    elif simple is not None and simple != 1:
        text = f"Your formula is {simple} times what is asked for: a constant factor is off."
        yield Diagnosis(kind="scale", where=str(simple), text=text)
    elif simple is None and varies and abs(ratio - 1) > NEARLY and 1e-30 < abs(ratio) < 1e30:
        size = f"{float(ratio):.4g}"
        text = f"Your formula is right but for a constant factor, about {size}."
        yield Diagnosis(kind="scale", where=size, text=text)


def _fraction(ratio: Number) -> Fraction | None:
    ctx = context(FEW)
    if abs(ratio) > 1000 or abs(ratio) < 1e-3:
        return None
    near = Fraction(str(ctx.nstr(ratio, 30))).limit_denominator(LARGEST)
    exact = _near(ratio, ctx.mpf(near.numerator) / near.denominator)
    return near if exact and (abs(near.numerator) <= LARGEST or near.denominator == 1) else None


def _near(one: Number, other: Number) -> bool:
    ctx = context(FEW)
    return bool(abs(one - other) <= max(abs(one), abs(other)) * ctx.mpf(10) ** -25)


def _fitting(
    reference: Formula, samples: Sequence[Sample], mine: list[Number]
) -> Iterator[tuple[Slip, bool]]:
    """Slips that give the answer everywhere; True with those that also flip the sign."""
    for slip, _ in zip(slips(reference), range(MOST_TRIED), strict=False):
        for flipped in (False, True) if slip.flips else (False,):
            signed = [-value for value in mine] if flipped else mine
            pairs = zip(samples, signed, strict=True)
            if all(_fits(slip, *pair) for pair in pairs) and _changes(slip, samples):
                yield slip, flipped


def _changes(slip: Slip, samples: Sequence[Sample]) -> bool:
    """A slip that leaves the reference as it is (x and y exchanged in x*y) explains nothing."""
    return not all(_fits(slip, one, one.few) for one in samples)


def _fits(slip: Slip, one: Sample, value: Number) -> bool:
    try:
        return _near(evaluate(slip.formula, one.point, FEW), value)
    except Undefined:
        return False


def _said(slip: Slip, flipped: bool) -> Diagnosis:
    text = f"{slip.text} And the overall sign is wrong." if flipped else slip.text
    return Diagnosis(kind=slip.kind, where=slip.where, text=text)


def _rounded(samples: Sequence[Sample], mine: list[Number]) -> Iterator[Diagnosis]:
    """Within half a percent everywhere, and nowhere equal: the numbers in it were rounded."""
    ratios = [value / one.few for value, one in zip(mine, samples, strict=True) if one.few]
    if ratios and all(abs(one - 1) <= NEARLY for one in ratios):
        text = "Nearly right: the numbers in your formula seem to be rounded. Write them exactly."
        yield Diagnosis(kind="rounded", where="", text=text)
