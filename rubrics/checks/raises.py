"""Calls that must fail do so with the named error."""

from rubrics.checks.calls import record_calls
from rubrics.checks.case import Case
from rubrics.checks.hidden import Recorded
from rubrics.checks.over_cases import RIGHT, Found, over_cases
from rubrics.code_check_specs import RaisesCheck
from rubrics.grade import CheckGrade
from rubrics.job import CallResult


def raises(spec: RaisesCheck, case: Case) -> CheckGrade:
    """Look at the exception's class and those it is made from."""

    def verdict(_: Recorded, result: CallResult) -> Found:
        if result.error is None:
            return Found(0.0, f"It raises nothing, {spec.error} is asked for.")
        if spec.error in result.kinds:
            return RIGHT
        return Found(0.0, f"It raises {result.error.type}, {spec.error} is asked for.")

    return over_cases(spec, case, record_calls(spec, case.author), verdict)
