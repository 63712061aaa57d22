"""Why a file did not run to its end, said once and not with every check that it cost."""

from rubrics.answers.code.ended import explain_end
from rubrics.checks.case import Case
from rubrics.grade import CheckGrade


def told_once(checks: list[CheckGrade], case: Case) -> list[CheckGrade]:
    """The same grades; behind the first that gives the cause, the others name that one."""
    if case.run is None or case.run.ended is None:
        return checks
    cause = explain_end(case.run, case.parsed)
    found = list[CheckGrade]()
    first = ""
    for check in checks:
        if first and cause in check.feedback:
            rest = check.feedback.replace(cause, "").strip()
            said = f"{rest} The reason is the same as for “{first}”.".strip()
            found.append(check.model_copy(update={"feedback": said}))
            continue
        if cause in check.feedback:
            first = check.title
        found.append(check)
    return found
