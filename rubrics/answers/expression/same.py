"""Are two formulas the same function? Random points in high precision; then algebra."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from rubrics.answers.expression.evaluate import Immense, Number, Undefined, context, evaluate
from rubrics.answers.expression.nodes import Formula
from rubrics.answers.expression.points import Point, points
from rubrics.answers.expression.simplify import difference_is_zero
from rubrics.answers.expression.spec import Symbol

WANTED = 16
MOST_TRIED = 96
FEW, MANY = 40, 80
_GUARD = 15
"""Digits. What is zero in truth shrinks with more digits; what is not stays as it is."""


class Verdict(Enum):
    """`UNCLEAR` is for a person: neither proved nor refuted."""

    SAME = "same"
    DIFFERENT = "different"
    NOWHERE = "nowhere"
    UNCLEAR = "unclear"


class NoPoints(ValueError):
    """The reference itself has no value at most points of the domains."""


@dataclass(frozen=True)
class Sample:
    """A point where the reference has a value: that value, to few and to many digits."""

    point: Point
    few: Number
    many: Number


@dataclass(frozen=True)
class Compared:
    """`why` says why the given formula has no value, where it has none."""

    verdict: Verdict
    why: str = ""


def sample(reference: Formula, symbols: Sequence[Symbol], seed: int) -> list[Sample]:
    """Points with the reference's values. Raises NoPoints."""
    found = list(islice(_samples(reference, symbols, seed), WANTED))
    if len(found) < WANTED:
        raise NoPoints("it has no finite value at most points of its symbols' domains")
    return found


def _samples(reference: Formula, symbols: Sequence[Symbol], seed: int) -> Iterator[Sample]:
    for point in islice(points(symbols, seed), MOST_TRIED):
        try:
            yield Sample(point, evaluate(reference, point, FEW), evaluate(reference, point, MANY))
        except Undefined:
            continue


def compare(
    reference: Formula, given: Formula, samples: Sequence[Sample], symbols: Sequence[Symbol]
) -> Compared:
    """Whether `given` equals the reference wherever the reference is defined."""
    seen, why = list[Verdict](), ""
    for one in samples:
        try:
            seen.append(_at(reference, given, one))
        except Immense as fault:
            seen.append(Verdict.UNCLEAR)
            why = str(fault)
        except Undefined as fault:
            seen.append(Verdict.NOWHERE)
            why = str(fault)
        if seen[-1] is Verdict.DIFFERENT:
            return Compared(Verdict.DIFFERENT)
    if len(set(seen)) == 1 and seen[0] is not Verdict.UNCLEAR:
        return Compared(seen[0], why)
    if Verdict.NOWHERE in seen:
        # Algebra would cancel what is undefined on a part of the domain, and see no difference.
        return Compared(Verdict.UNCLEAR, why)
    proved = difference_is_zero(reference, given, symbols)
    return Compared(_UNLESS_PROVED[proved], why)


_UNLESS_PROVED = {True: Verdict.SAME, False: Verdict.DIFFERENT, None: Verdict.UNCLEAR}


def _at(reference: Formula, given: Formula, one: Sample) -> Verdict:
    mine = (evaluate(given, one.point, FEW), evaluate(given, one.point, MANY))
    verdict = _judged(mine, (one.few, one.many), FEW, MANY)
    if verdict is not Verdict.UNCLEAR:
        return verdict
    few, many = 8 * FEW, 8 * MANY
    mine = (evaluate(given, one.point, few), evaluate(given, one.point, many))
    true = (evaluate(reference, one.point, few), evaluate(reference, one.point, many))
    return _judged(mine, true, few, many)


def _judged(mine: tuple[Number, ...], true: tuple[Number, ...], few: int, many: int) -> Verdict:
    ctx = context(many)
    apart = abs(mine[1] - true[1])
    before = abs(ctx.convert(mine[0]) - ctx.convert(true[0]))
    size = max(abs(mine[1]), abs(true[1]))
    if apart <= size * ctx.mpf(10) ** -(many - _GUARD):
        return Verdict.SAME
    if apart > size * ctx.mpf(10) ** -(few - _GUARD) and abs(before - apart) <= apart / 100:
        return Verdict.DIFFERENT
    # Both nearly zero by cancellation: what is zero in truth has shrunk with the digits.
    shrunk = apart <= before * ctx.mpf(10) ** -(many - few - _GUARD)
    return Verdict.SAME if shrunk and before > 0 else Verdict.UNCLEAR
