"""How far right answers lie apart, and how near the nearest known wrong one comes."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import torch

from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.produced import Incomparable, Produced, apart
from rubrics.audit.asked import Asked, asked
from rubrics.audit.reordered import Reordered, backwards, evens_first
from rubrics.diagnose.slip import Slip
from rubrics.findings import Room, WrongSample
from rubrics.judge.posed import Posed
from rubrics.reference.gradient import AuthorError

ORDERS = {"": None, "sums backwards": backwards, "sums in another order": evens_first}
LOOSE = 0.01
"""A default that allows more than this share of a value is worth a warning."""


@dataclass(frozen=True)
class _Off:
    """The error of an answer in units of what is allowed, and where it is greatest."""

    share: float
    at: int
    error: float


def measure(posed: Posed, samples: Sequence[WrongSample], threads: int) -> list[Room]:
    """The room of every numeric check, right answers worked out on that many threads.

    Raises AuthorError if a reference fails.
    """
    torch.set_num_threads(threads)
    try:
        return [
            _room(one, [wrong for wrong in samples if wrong.question == question.id], threads)
            for question in posed.questions
            for one in asked(question, posed.references[question.id])
            if _measurable(one)
        ]
    finally:
        torch.set_num_threads(1)


def _measurable(one: Asked) -> bool:
    """Not where only the very number is right, nor where a right answer may be inf or nan."""
    exact = one.expected.exact
    by_digits = not getattr(one.spec, "exact", False)
    if isinstance(one.spec, CodeSpec) and not one.expected.in_dtype.is_floating_point():
        return False
    return by_digits and not exact.is_complex() and bool(exact.isfinite().all())


def _room(one: Asked, samples: Sequence[WrongSample], threads: int) -> Room:
    true = one.expected.exact
    rights = [(_off(one.given(value), true), how) for value, how in _rights(one, threads)]
    worst, how = max(rights, key=lambda found: found[0].share)
    wrongs = [(_off(given, true).share, name) for given, name in _wrongs(one, samples)]
    nearest, wrong = min(wrongs, default=(None, ""))
    exact = one.given(true)
    return Room(
        question=one.question.id,
        check=one.check.id,
        kind=one.spec.kind,
        used=worst.share,
        how=how,
        error=worst.error,
        allowed=float(exact.allowed.flatten()[worst.at]),
        value=float(true.flatten()[worst.at]),
        nearest=nearest,
        wrong=wrong,
        loose=_loose(one, exact),
    )


def _rights(one: Asked, threads: int) -> Iterator[tuple[torch.Tensor, str]]:
    """Right answers, each worked out in another way."""
    for name in (one.check.reference, *one.check.equivalents):
        for dtype in dict.fromkeys(("float64", one.spec.dtype)):
            for order, change in ORDERS.items():
                around: AbstractContextManager[object] = (
                    Reordered(change) if change else nullcontext()
                )
                with around:
                    value = one.references.value(name, dtype)
                if value.shape != one.expected.exact.shape:
                    raise AuthorError(f"`{name}` has another shape than `{one.check.reference}`")
                parts = (f"`{name}` in {dtype}", order, f"{threads} threads" if threads > 1 else "")
                yield value, ", ".join(part for part in parts if part)


def _wrongs(one: Asked, samples: Sequence[WrongSample]) -> Iterator[tuple[Produced, str]]:
    for slip in _slips(one):
        yield one.given(slip.gradient), f"the slip “{slip.text}”"
    for mistake in one.check.mistakes:
        try:
            wrong = one.references.expected(mistake.reference, one.spec.dtype)
            yield one.answering(wrong, one.expected), f"the mistake `{mistake.reference}`"
        except (AuthorError, Incomparable):
            continue
    for sample in samples:
        if sample.answer.kind != one.spec.kind:
            continue
        try:
            yield one.produced(sample.answer, sample.run), f"the sample {sample.name}"
        except Incomparable:
            continue


def _slips(one: Asked) -> tuple[Slip, ...]:
    """Those of whole answers; that they fail is told where the variant is looked at."""
    try:
        table = one.table
    except AuthorError:
        return ()
    return table.slips if table is not None and table.size == table.true.numel() else ()


def _off(given: Produced, true: torch.Tensor) -> _Off:
    error = apart(given.values.to(torch.float64), true).flatten()
    share = torch.where(error == 0, 0.0, error / given.allowed.flatten()).nan_to_num(torch.inf)
    at = int(share.argmax())
    return _Off(float(share[at]), at, float(error[at]))


def _loose(one: Asked, exact: Produced) -> str:
    """Only where nobody chose the tolerance: a default is made for values around 1."""
    digits = (getattr(one.spec, name, None) for name in ("decimals", "significant"))
    if one.check.tolerance is not None or any(digit is not None for digit in digits):
        return ""
    true = one.expected.exact.flatten().abs()
    share = torch.where(true > 0, exact.allowed.flatten() / true, 0.0)
    at = int(share.argmax())
    if float(share[at]) <= LOOSE:
        return ""
    return (
        f"the default allows {float(exact.allowed.flatten()[at]):.1e} at component {at + 1}, whose "
        f"right value is {float(true[at]):.3g}: give a `tolerance`"
    )
