"""Right and wrong answers to `values` checks: typed numbers, and what scripts leave behind."""

from collections.abc import Iterator

import torch

from rubrics.answers.produced import Incomparable, Produced, apart
from rubrics.audit.asked import Asked
from rubrics.audit.far import Far, of_numbers, other_kind
from rubrics.audit.setting import ORDERS, Setting, ordered
from rubrics.audit.truths import packed, unpacked
from rubrics.diagnose.slip import Slip
from rubrics.findings import Truth
from rubrics.reference.gradient import AuthorError

LOOSE = 0.01
"""A default that allows more than this share of a value is worth a warning."""

Tried = tuple[Far, str]


def truth_of_values(one: Asked) -> Truth | None:
    """What is right here, for another judge to be held to. Raises AuthorError."""
    return packed(one.whole_place, [one.expected.exact, one.expected.in_dtype])


def hold(one: Asked, setting: Setting) -> None:
    """From now on the truth of that setting is right here too. Raises AuthorError."""
    truth = setting.truths.get(one.whole_place)
    if truth is not None:
        own = one.expected
        try:
            exact, in_dtype = unpacked(truth, [own.exact, own.in_dtype])
        except ValueError:
            raise AuthorError(f"`{one.check.reference}` gives other numbers each time") from None
        one.references.hold(one.check.reference, one.spec.dtype, exact, in_dtype)


def rights_of(one: Asked, setting: Setting) -> list[Tried]:
    """Right answers, each worked out in another way. Raises AuthorError if there is none."""
    one.references.value(one.check.reference, one.spec.dtype)
    return [(off(one, one.given(value)), how) for value, how in _values(one, setting)]


def _values(one: Asked, setting: Setting) -> Iterator[tuple[torch.Tensor, str]]:
    for name in (one.check.reference, *one.check.equivalents):
        for dtype in dict.fromkeys(("float64", one.spec.dtype)):
            for order in ORDERS:
                try:
                    with ordered(order):
                        value = one.references.value(name, dtype)
                except AuthorError:
                    continue  # that it fails at all is told where the variant is looked at
                if value.shape == one.expected.exact.shape:
                    yield value, setting.told(name, order, dtype)


def wrongs_of(one: Asked, setting: Setting) -> Iterator[Tried]:
    """Every known wrong answer: slips, mistakes, samples."""
    for slip in _slips(one):
        yield off(one, one.given(slip.gradient)), f"the slip “{slip.text}”"
    for mistake in one.check.mistakes:
        try:
            wrong = one.references.expected(mistake.reference, one.spec.dtype)
            yield off(one, one.answering(wrong, one.expected)), f"the mistake `{mistake.reference}`"
        except (AuthorError, Incomparable):
            continue
    for sample in setting.samples:
        if sample.question != one.question.id or one.check.id not in sample.checks:
            continue
        if sample.answer.kind != one.spec.kind:
            continue
        try:
            yield off(one, one.produced(sample.answer, sample.run)), f"the sample {sample.name}"
        except Incomparable as why:
            if sample.run is None or sample.run.ended is None:
                yield other_kind(why.feedback, one.bases), f"the sample {sample.name}"


def _slips(one: Asked) -> tuple[Slip, ...]:
    """Those of whole answers; that they fail is told where the variant is looked at."""
    try:
        table = one.table
    except AuthorError:
        return ()
    return table.slips if table is not None and table.size == table.true.numel() else ()


def off(one: Asked, given: Produced) -> Far:
    """How far an answer is off. Raises AuthorError."""
    true, values = one.expected.exact, given.values
    same = (values == true) | (values.isnan() & true.isnan())
    same = same & ~true.isfinite() & one.check.allow_nonfinite
    return of_numbers(apart(values, true), given.allowed, true, same, one.bases)


def loose(one: Asked) -> str:
    """Only where nobody chose the tolerance: a default is made for values around 1."""
    digits = (getattr(one.spec, name, None) for name in ("decimals", "significant"))
    if one.check.tolerance is not None or any(digit is not None for digit in digits):
        return ""
    true, allowed = one.expected.exact.flatten().abs(), one.given(one.expected.exact).allowed
    sized = (true > 0) & true.isfinite()
    share = torch.where(sized, allowed.flatten() / true, 0.0)
    at = int(share.argmax())
    if float(share[at]) <= LOOSE:
        return ""
    return (
        f"the default allows {float(allowed.flatten()[at]):.1e} at component {at + 1}, whose "
        f"right value is {float(true[at]):.3g}: give a `tolerance`"
    )
