"""A property is seen in calls whose results are right, or it says nothing of the function.

A function can tell such calls from others, by how its arguments are made or what is done with its
result, and be another one there. So each call's own result is held to the reference's, where a
`calls` check says that the function's results can be.
"""

from rubrics.checks.case import Case
from rubrics.checks.close import Rules
from rubrics.checks.hidden import Recorded
from rubrics.checks.matching import match
from rubrics.checks.over_cases import shipped
from rubrics.code_check_specs import CallsCheck, CasesCheck
from rubrics.grade import CheckGrade
from rubrics.job import CallResult
from rubrics.schema import Question

NOT_RIGHT = "Its result in this call is not right, so the call says nothing."


def counterpart(spec: CasesCheck, question: Question) -> CallsCheck | None:
    """The check of the question that compares results of the same function, if there is one."""
    checks = (one for one in question.checks if isinstance(one, CallsCheck))
    return next((one for one in checks if one.call == spec.call), None)


def wrong_in(
    spec: CasesCheck, case: Case, recorded: Recorded, result: CallResult, *names: str
) -> str:
    """What to say if one of the shipped `names` is not the reference's; empty if all are.

    Within the `calls` check's tolerance; dtypes and nesting are that check's affair. Raises
    AuthorError, and Absent where a result was not shipped.
    """
    like = counterpart(spec, case.question)
    if like is None:
        return ""
    rules = Rules(strict=False, tolerance=like.tolerance, allow_nonfinite=True)
    true = case.author.expected(recorded, like.names)
    for name in names:
        given = shipped(result, name)
        if match("it", given, true.plain[name], true.exact[name], rules).share < 1:
            return NOT_RIGHT
    return ""


def held(spec: CasesCheck, case: Case, graded: CheckGrade) -> CheckGrade:
    """The grade with the evidence that there is: merely seen, if no result was compared."""
    if counterpart(spec, case.question) is not None:
        return graded
    return graded.model_copy(update={"evidence": "observed"})
