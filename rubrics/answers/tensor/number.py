"""One number as people write it, with the digits they gave. Never evaluated, only read."""

import math
import re
from dataclasses import dataclass
from fractions import Fraction

MAX_TOKEN = 80

_REAL = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_TEN = r"10(?:(?:\^|\*\*)(?P<ten>[+-]?[0-9]{1,6})|(?P<high>[⁺⁻]?[⁰¹²³⁴-⁹]{1,6}))"
_POWER = rf"(?:[eE](?P<e>[+-]?[0-9]{{1,6}})|[×*·⋅xX]{_TEN})"
_DECIMAL = re.compile(rf"(?P<sign>[+-]?)(?P<real>{_REAL}){_POWER}?")
_POWER_ALONE = re.compile(rf"(?P<sign>[+-]?){_TEN}")
_HIGH = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_FRACTION = re.compile(rf"(?P<top>[+-]?{_REAL})/(?P<bottom>[+-]?{_REAL})")
_WORD = re.compile(r"(?P<sign>[+-]?)(?P<word>nan|inf|infinity|∞)", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number and half a unit of its last printed place.

    `half_unit` is 0.0 for a fraction (exact) and None for a bare integer, infinity or nan, whose
    spelling says nothing of its precision.
    """

    value: float
    half_unit: float | None


class Unreadable(ValueError):
    """The token is no number; the message says why, for the student."""


def read(token: str) -> Number:
    """Read one token (`0.4722`, `-1e-8`, `1/3`, `1.2×10^-3`, `10⁻³`, `nan`). Raises Unreadable."""
    if len(token) > MAX_TOKEN:
        raise Unreadable(f"it is longer than {MAX_TOKEN} characters")
    if found := _DECIMAL.fullmatch(token):
        exponent = found["e"] or _of_ten(found)
        return _decimal(found["sign"], found["real"], int(exponent))
    if found := _POWER_ALONE.fullmatch(token):
        return _decimal(found["sign"], "1", int(_of_ten(found)))
    if found := _FRACTION.fullmatch(token):
        return _fraction(found)
    if found := _WORD.fullmatch(token):
        size = math.nan if found["word"].lower() == "nan" else math.inf
        return Number(-size if found["sign"] == "-" else size, None)
    raise Unreadable("it is not a number")


def _of_ten(found: re.Match[str]) -> str:
    return found["ten"] or (found["high"] or "0").translate(_HIGH)


def _decimal(sign: str, real: str, power: int) -> Number:
    value = _finite(float(f"{sign}{real}e{power}"))
    places = len(real.partition(".")[2])
    if not places and not power:
        return Number(value, None)
    return Number(value, 0.5 * 10.0 ** max(min(power - places, 300), -300))


def _fraction(found: re.Match[str]) -> Number:
    bottom = Fraction(found["bottom"])
    if bottom == 0:
        raise Unreadable("it divides by zero")
    return Number(float(Fraction(found["top"]) / bottom), 0.0)


def _finite(value: float) -> float:
    # 1e999 is a slip of the keyboard; infinity has to be asked for by its name.
    if math.isinf(value):
        raise Unreadable("it is too large for a 64-bit float")
    return value
