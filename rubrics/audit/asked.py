"""The numeric checks of a posed question, and answers to them made up by ourselves."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch

from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.number.spec import NumberSpec
from rubrics.answers.produced import FLOATS, Produced
from rubrics.answers.raw import ParsedAnswer
from rubrics.answers.tensor.spec import TensorSpec
from rubrics.audit.far import bases
from rubrics.audit.room import in_words
from rubrics.check_specs import ValuesCheck
from rubrics.checks.attempt import attempt
from rubrics.checks.case import Plain, References
from rubrics.checks.values import PRODUCE
from rubrics.diagnose import Table
from rubrics.job import Run
from rubrics.reference.load import Expected
from rubrics.reference.record import as_value
from rubrics.schema import Question
from rubrics.tolerance import Tolerance

Spec = NumberSpec | TensorSpec | CodeSpec


@dataclass(frozen=True)
class Asked:
    """One numeric check and one kind of answer to it."""

    question: Question
    check: ValuesCheck
    spec: Spec
    references: References

    @property
    def place(self) -> str:
        """By which slips are counted over all variants."""
        return f"{self.question.id}/{self.check.id}"

    @property
    def whole_place(self) -> str:
        """The name of its truth."""
        return f"{self.place}/{self.spec.kind}"

    @property
    def exact(self) -> bool:
        """Whether nothing but the very value is right. Raises AuthorError."""
        if self.check.tolerance is not None:
            return False
        whole = not self.expected.in_dtype.is_floating_point() and not self._complex
        by_code = isinstance(self.spec, CodeSpec) and whole
        return by_code or bool(getattr(self.spec, "exact", False))

    @property
    def _complex(self) -> bool:
        return self.expected.in_dtype.is_complex()

    @property
    def bases(self) -> tuple[Tolerance, ...]:
        """Tolerances that could be advised, see `far.bases`."""
        digits = [getattr(self.spec, name, None) for name in ("decimals", "significant")]
        return bases(self.check.tolerance, self.spec.dtype, *digits)

    @property
    def allowed(self) -> str:
        """What is allowed, in words. Raises AuthorError."""
        for name in ("decimals", "significant"):
            digits = getattr(self.spec, name, None)
            if digits is not None:
                return in_words(self.check.tolerance, f"{name} {digits}")
        otherwise = "exact" if self.exact else f"{self.spec.dtype}'s"
        return in_words(self.check.tolerance, otherwise)

    @property
    def expected(self) -> Expected:
        """What is right. Raises AuthorError."""
        return self.references.expected(self.check.reference, self.spec.dtype)

    @property
    def table(self) -> Table | None:
        """The slips, where the check is to name them. Raises AuthorError."""
        if not self.check.diagnose:
            return None
        return self.references.table(self.check.reference, self.spec.dtype)

    def answering(self, wrong: Expected, true: Expected) -> Produced:
        """What an answer of `wrong`'s numbers comes to where `true` is right.

        Raises Incomparable or AuthorError, as judging would.
        """
        parsed, run = _answer(self.spec, wrong.exact, self._dtype(wrong))
        return PRODUCE[self.spec.kind](self.spec, parsed, run, true, self.check.tolerance)

    def given(self, values: torch.Tensor) -> Produced:
        """What an answer of these values comes to, with the digits that are asked for.

        Raises AuthorError, as judging would.
        """
        produce = PRODUCE[self.spec.kind]
        values = values.reshape(self.expected.exact.shape)
        parsed, run = _answer(self.spec, values, self._dtype(self.expected))
        return produce(self.spec, parsed, run, self.expected, self.check.tolerance)

    def _dtype(self, expected: Expected) -> torch.dtype:
        own = expected.in_dtype.dtype
        return FLOATS[self.spec.dtype] if own in FLOATS.values() else own

    def produced(self, parsed: ParsedAnswer, run: Run | None) -> Produced:
        """What a sample's answer comes to. Raises Incomparable or AuthorError."""
        produce = PRODUCE[self.spec.kind]
        return produce(self.spec, parsed, run, self.expected, self.check.tolerance)


def asked(question: Question, references: References) -> Iterator[Asked]:
    """Every numeric check with every kind of answer to it."""
    for check in question.checks:
        for spec in question.answers:
            if not isinstance(check, ValuesCheck) or not isinstance(spec, Spec):
                continue
            if not isinstance(spec, CodeSpec) or _plain(check, spec, references) is None:
                yield Asked(question, check, spec, references)


def plain_ones(
    question: Question, references: References
) -> Iterator[tuple[ValuesCheck, CodeSpec, Plain]]:
    """Every `values` check of a script whose right value is no array of numbers, with that."""
    for check in question.checks:
        for spec in question.answers:
            if isinstance(check, ValuesCheck) and isinstance(spec, CodeSpec):
                plain = _plain(check, spec, references)
                if plain is not None:
                    yield check, spec, plain


def _plain(check: ValuesCheck, spec: CodeSpec, references: References) -> Plain | None:
    return attempt(lambda: references.plain(check.reference, spec.dtype), None)


def _answer(
    spec: Spec, values: torch.Tensor, dtype: torch.dtype
) -> tuple[ParsedAnswer, Run | None]:
    if isinstance(spec, CodeSpec):
        sent = (
            values.to(dtype)
            if spec.accept_dtypes == "same" or dtype not in FLOATS.values()
            else values
        )
        run = Run(ended=None, values={spec.collected: as_value(sent)})
        return ParsedAnswer(kind="code", text="", data={}), run
    written = [_written(spec, one) for one in values.flatten().tolist()]
    if isinstance(spec, NumberSpec):
        return ParsedAnswer(kind="number", text="", data={"number": written[0]}), None
    shape = list(values.shape)
    return ParsedAnswer(kind="tensor", text="", data={"shape": shape, "numbers": written}), None


def _written(spec: NumberSpec | TensorSpec, value: complex) -> str:
    """As a careful student writes it: to the digits asked for, no more."""
    if isinstance(value, complex):
        # Joined by a sign of its own, as people write it: `1.50-0.25j`, `nan+infj`.
        first, second = _written(spec, value.real), _written(spec, value.imag)
        return f"{first}{'' if second.startswith('-') else '+'}{second}j"
    if math.isfinite(value) and spec.decimals is not None:
        return f"{value:.{spec.decimals}f}"
    if math.isfinite(value) and spec.significant is not None:
        return f"{value:.{spec.significant - 1}e}"
    return repr(value)
