"""The room of `values` checks of scripts that leave a dict or an uneven list with numbers in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from rubrics.answers.code.compare import plain_value
from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.produced import FLOATS
from rubrics.audit.asked import plain_ones
from rubrics.audit.far import Far, bases, of_result
from rubrics.audit.pretended import given
from rubrics.audit.room import in_words, made
from rubrics.audit.setting import ORDERS, Setting, ordered
from rubrics.audit.truths import packed, unpacked
from rubrics.check_specs import ValuesCheck
from rubrics.checks.attempt import attempt
from rubrics.checks.case import Plain, References
from rubrics.checks.close import Match
from rubrics.checks.matching import parts
from rubrics.checks.plain_values import rules_of
from rubrics.findings import Room, Truth
from rubrics.reference.gradient import AuthorError
from rubrics.schema import Question

Tried = Iterator[tuple[Far, str]]


@dataclass(frozen=True)
class _Left:
    """What a script is to leave behind: `true` as given in the question's dtype and in float64."""

    question: Question
    check: ValuesCheck
    spec: CodeSpec
    references: References
    true: Plain

    @property
    def place(self) -> tuple[str, str, str]:
        return self.question.id, self.check.id, self.spec.kind

    def off(self, value: Any) -> Far:
        return of_result(self.matched(value), bases(self.check.tolerance, self.spec.dtype))

    def matched(self, value: Any) -> list[Match]:
        name = f"`{self.spec.collected}`"
        return parts(name, given(value), *self.true, rules_of(self.check))


def plain_rooms(
    question: Question, references: References, setting: Setting
) -> Iterator[tuple[Room, Truth | None]]:
    """Of those that hold floating numbers. What fails is told where the variant is looked at."""
    for check, spec, true in plain_ones(question, references):
        one = _Left(question, check, spec, references, true)
        place = "/".join(one.place)
        if place in setting.truths:
            one = _Left(question, check, spec, references, _held(setting.truths[place], true))
        try:
            dtypes = [found.numbers.dtype for found in one.matched(true[0]) if found.numbers]
            if not dtypes:
                continue
            rights = list(_rights(one, setting))
        except AuthorError:
            continue
        wrongs = list(_wrongs(one, setting)) if setting.first else []
        allowed = in_words(check.tolerance, f"{dtypes[0]}'s")
        scales = bases(check.tolerance, spec.dtype)
        room = made(one.place, scales, rights, wrongs, tolerance=allowed)
        yield room, packed(place, list(true)) if setting.first else None


def _held(truth: Truth, true: Plain) -> Plain:
    held = attempt(partial(unpacked, truth, list(true)), list(true))
    return held[0], held[1]


def _rights(one: _Left, setting: Setting) -> Tried:
    author = one.references.author
    for name in (one.check.reference, *one.check.equivalents):
        for dtype in dict.fromkeys(("float64", one.spec.dtype)):
            for order in ORDERS:
                try:
                    with ordered(order):
                        value = author.file.found(name, FLOATS[dtype], author.params)
                except AuthorError:
                    continue  # that it fails at all is told where the variant is looked at
                yield one.off(value), setting.told(name, order, dtype)


def _wrongs(one: _Left, setting: Setting) -> Tried:
    for mistake in one.check.mistakes:
        wrong = attempt(partial(one.references.plain, mistake.reference, one.spec.dtype), None)
        if wrong is not None:
            yield one.off(wrong[0]), f"the mistake `{mistake.reference}`"
    for sample in setting.samples:
        if sample.question == one.question.id and one.check.id in sample.checks:
            left = partial(plain_value, one.spec, sample.answer, sample.run)
            off = attempt(lambda get=left: one.off(get()), None)  # type: ignore[misc]
            if off is not None:
                yield off, f"the sample {sample.name}"
