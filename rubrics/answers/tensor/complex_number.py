"""A complex number as people write it: `1 - 2i`, `0.5+1e-3j`, `2i`, `-j`, or a real one."""

import re
from dataclasses import dataclass

from rubrics.answers.tensor.number import Number, Unreadable, read

MAX_TOKEN = 160

_TERMS = re.compile(r"(?<![eE])(?=[+-])")


@dataclass(frozen=True)
class Complex:
    """Both parts as they were read."""

    real: Number
    imaginary: Number

    @property
    def value(self) -> complex:
        """The number itself."""
        return complex(self.real.value, self.imaginary.value)

    @property
    def half_unit(self) -> float | None:
        """Of the coarser part whose digits say something."""
        known = [one.half_unit for one in (self.real, self.imaginary) if one.half_unit is not None]
        return max(known, default=None)


def read_complex(token: str) -> Complex:
    """Read one token without spaces. Raises Unreadable."""
    if len(token) > MAX_TOKEN:
        raise Unreadable(f"it is longer than {MAX_TOKEN} characters")
    if token.startswith("(") and token.endswith(")"):
        token = token[1:-1]
    terms = [term for term in _TERMS.split(token) if term]
    imaginary = [term[:-1].removesuffix("*") for term in terms if term[-1] in "ijIJ"]
    real = [term for term in terms if term[-1] not in "ijIJ"]
    if not terms or len(imaginary) > 1 or len(real) > 1:
        raise Unreadable("it is not a complex number")
    return Complex(_part(real), _part([_counted(one) for one in imaginary]))


def _part(terms: list[str]) -> Number:
    return read(terms[0]) if terms else Number(0.0, None)


def _counted(term: str) -> str:
    """`-i` is minus one of them."""
    return f"{term}1" if term in ("", "+", "-") else term
