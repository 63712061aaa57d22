"""What is printed is what the reference prints."""

from itertools import zip_longest

from rubrics.checks.calls import record_calls
from rubrics.checks.case import Case
from rubrics.checks.hidden import Recorded
from rubrics.checks.over_cases import RIGHT, Found, over_cases, shipped
from rubrics.code_check_specs import PrintsCheck
from rubrics.grade import CheckGrade
from rubrics.job import CallResult


def prints(spec: PrintsCheck, case: Case) -> CheckGrade:
    """Compare line by line, but for space at the ends of lines and of the whole."""

    def verdict(recorded: Recorded, result: CallResult) -> Found:
        shipped(result, "value")
        wanted = _lines(case.author.expected(recorded, spec.names).printed)
        given = _lines(result.output)
        if given == wanted:
            return RIGHT
        pairs = enumerate(zip_longest(given, wanted), 1)
        line = next(at for at, (mine, true) in pairs if mine != true)
        said = f"It prints {len(given)} lines, {len(wanted)} are asked for. "
        said = "" if len(given) == len(wanted) else said
        return Found(0.0, f"{said}Line {line} of what is printed is not right.")

    return over_cases(spec, case, record_calls(spec, case.author), verdict)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]
