"""What is printed is what the reference prints."""

import math
import re
from itertools import zip_longest

from rubrics.checks.calls import record_calls
from rubrics.checks.case import Case
from rubrics.checks.hidden import Recorded
from rubrics.checks.over_cases import RIGHT, Found, over_cases, shipped
from rubrics.code_check_specs import PrintsCheck
from rubrics.grade import CheckGrade
from rubrics.job import CallResult
from rubrics.reference.gradient import AuthorError
from rubrics.tolerance import DEFAULTS

MOST_PRINTED = 7000
"""Characters that a reference may print in one case. Of what is printed 8,000 leave the sandbox:
what is cut there is never right, and what is right may have some more blanks in it.
"""

TOO_MUCH = "It prints more than is kept, and much more than is asked for."

FINE, FULL = 5, 7
"""Digits from which on the last may differ by one, and those of a number printed as it is held."""

_FLOAT = re.compile(r"(?<!\d)[-+]?(?:\d+\.\d*|\.\d+|\d+(?=[eE][-+]?\d))(?:[eE][-+]?\d+)?")


def prints(spec: PrintsCheck, case: Case) -> CheckGrade:
    """Compare line by line, but for space at the ends of lines and of the whole."""

    def verdict(recorded: Recorded, result: CallResult) -> Found:
        shipped(result, "value")
        wanted = case.author.expected(recorded, spec.names).printed
        if len(wanted) > MOST_PRINTED:
            said = f"prints {len(wanted)} characters, at most {MOST_PRINTED} are compared"
            raise AuthorError(f"`{next(iter(spec.names.values()))}` {said}")
        return Found(0.0, TOO_MUCH) if result.cut else compare(result.output, wanted)

    return over_cases(spec, case, record_calls(spec, case.author), verdict)


def compare(output: str, printed: str) -> Found:
    """The whole output of a call beside the reference's."""
    given, wanted = _lines(output), _lines(printed)
    pairs = zip_longest(given, wanted)
    line = next((at for at, (one, true) in enumerate(pairs, 1) if not _same(one, true)), None)
    if line is None:
        return RIGHT
    said = f"It prints {len(given)} lines, {len(wanted)} are asked for. "
    said = "" if len(given) == len(wanted) else said
    return Found(0.0, f"{said}Line {line} of what is printed is not right.")


def _lines(text: str) -> list[str]:
    kept = "".join(one for one in text if one.isprintable() or one in "\n\t")
    return [line.rstrip() for line in kept.strip().splitlines()]


def _same(given: str | None, wanted: str | None) -> bool:
    """Equal but for what another order of evaluation does to the digits of floating numbers."""
    if given is None or wanted is None:
        return given == wanted
    if _FLOAT.split(given) != _FLOAT.split(wanted):
        return False
    numbers = zip(_FLOAT.findall(given), _FLOAT.findall(wanted), strict=True)
    return all(one == true or _near(one, true) for one, true in numbers)


def _near(given: str, wanted: str) -> bool:
    """The same number, but for its last digit and float32's rounding where many are printed.

    0.30000000000000004 and 0.3 may be one number; 0.500 and 0.5 are two ways of printing it.
    """
    mine, true, places = float(given), float(wanted), _places(wanted)
    alike, digits = _places(given) == places, max(map(_digits, (given, wanted)))
    if not math.isfinite(true) or not (alike or digits >= FULL):
        return False
    unit = 10.0**-places * (1 + 1e-9) if alike and max(digits, places) >= FINE else 0.0
    rounding = DEFAULTS["float32"].rtol * abs(true) if digits >= FULL else 0.0
    return abs(mine - true) <= unit + rounding


def _places(number: str) -> int:
    """The decimal places of the last digit: 3 of 0.125, 5 of 1.25e-3."""
    mantissa, _, power = number.lower().partition("e")
    return len(mantissa.partition(".")[2]) - int((power or "0")[:6])


def _digits(number: str) -> int:
    return len(number.lower().partition("e")[0].strip("+-").replace(".", "").lstrip("0"))
