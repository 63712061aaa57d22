"""How checks of code must fit the rest of an assignment."""

from collections.abc import Iterator

from rubrics.check_specs import ValuesCheck
from rubrics.code_check_specs import CasesCheck, QualityCheck, SourceCheck
from rubrics.schema import AssignmentFile, Question

Found = Iterator[tuple[tuple[str | int, ...], str]]

SEES_NOTHING_DONE = ("input_unchanged", "no_alias", "peak_memory")
NEEDS_NO_REFERENCE = ("input_unchanged", "no_alias", "raises", "peak_memory", "quality")


def code_checks_fit(assignment: AssignmentFile) -> Found:
    """Functions can be called only in code, and a script's value read only where one is named."""
    for place, question in enumerate(assignment.questions):
        kinds = [spec.kind for spec in question.answers]
        collects = all(getattr(spec, "collect", "") is not None for spec in question.answers)
        for at, check in enumerate(question.checks):
            where = ("questions", place, "checks", at, "kind")
            if isinstance(check, CasesCheck | SourceCheck) and kinds != ["code"]:
                yield where, f"`{check.kind}` looks at code: take `code` answers only"
            if isinstance(check, ValuesCheck) and not collects:
                yield where, "`values` needs `collect` in the `code` answer: which value to read"


def prerequisites_fit(assignment: AssignmentFile) -> Found:
    """A prerequisite stands before the check that needs it, in the same question."""
    for place, question in enumerate(assignment.questions):
        seen: set[str] = set()
        for at, check in enumerate(question.checks):
            for name in check.needs:
                if name not in seen:
                    where = ("questions", place, "checks", at, "needs")
                    yield where, f"`{name}` is not the id of a check before this one"
            if check.kind in SEES_NOTHING_DONE and not check.needs:
                where = ("questions", place, "checks", at, "kind")
                yield where, f"a function that does nothing would pass `{check.kind}`: give `needs`"
            seen.add(check.id)


def names_of_references(question: Question) -> Iterator[str]:
    """Every name that checks of code expect in the reference file."""
    for check in question.checks:
        if isinstance(check, CasesCheck):
            yield check.cases
            if check.kind not in NEEDS_NO_REFERENCE:
                yield from check.names.values()
        if isinstance(check, QualityCheck):
            yield check.metric
