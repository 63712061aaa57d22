"""Every check by its kind."""

from collections.abc import Callable
from typing import Any

from rubrics.checks.case import Case, References
from rubrics.checks.person import person
from rubrics.checks.values import values, warm_values
from rubrics.grade import CheckGrade
from rubrics.schema import Question

CHECKS: dict[str, Callable[[Any, Case], CheckGrade]] = {
    "values": values,
    "person": person,
}

WARM: dict[str, Callable[[Any, Question, References], None]] = {
    "values": warm_values,
}
"""What can be worked out before any answer has come."""
