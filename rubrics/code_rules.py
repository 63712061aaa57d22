"""How checks of code must fit the rest of an assignment."""

from collections.abc import Iterator
from pathlib import Path

from rubrics.check_specs import ValuesCheck
from rubrics.code_check_specs import (
    MOST_SOURCE_KB,
    CallsCheck,
    CasesCheck,
    FasterThanCheck,
    QualityCheck,
    SourceCheck,
)
from rubrics.schema import AssignmentFile, Question

Found = Iterator[tuple[tuple[str | int, ...], str]]

SEES_NOTHING_DONE = ("input_unchanged", "no_alias", "peak_memory", "raises")
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
            if isinstance(check, SourceCheck):
                yield from _readable(question, place)
            if isinstance(check, ValuesCheck) and not collects:
                yield where, "`values` needs `collect` in the `code` answer: which value to read"


def _readable(question: Question, place: int) -> Found:
    """What intake lets in must be read to its end, or a long file would be called wrong."""
    for at, spec in enumerate(question.answers):
        if getattr(spec, "max_kb", 0) > MOST_SOURCE_KB:
            where = ("questions", place, "answers", at, "max_kb")
            yield where, f"a `source` check reads at most {MOST_SOURCE_KB} KB"


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
                yield (
                    where,
                    f"a function that is only begun would pass `{check.kind}`: give `needs`",
                )
            seen.add(check.id)


def given_files_fit(assignment: AssignmentFile, folder: Path) -> Found:
    """What is given to students' code, or timed against it, is there and gives nothing away."""
    for place, question in enumerate(assignment.questions):
        for at, spec in enumerate(question.answers):
            where = ("questions", place, "answers", at, "given")
            for name in getattr(spec, "given", ()):
                if name in (assignment.reference, "assignment.yaml"):
                    yield where, f"`{name}` holds what is right: students' code must not see it"
                elif not (folder / name).is_file():
                    yield where, f"`{name}` is not in the folder"
        for at, check in enumerate(question.checks):
            where = ("questions", place, "checks", at, "against")
            if isinstance(check, FasterThanCheck) and check.against == assignment.reference:
                yield where, "students' code is timed in the sandbox: name another file"
            elif isinstance(check, FasterThanCheck) and not (folder / check.against).is_file():
                yield where, f"`{check.against}` is not in the folder"


def names_of_references(question: Question) -> Iterator[str]:
    """Every name that checks of code expect in the reference file."""
    for check in question.checks:
        if isinstance(check, CasesCheck):
            yield check.cases
            if check.kind not in NEEDS_NO_REFERENCE:
                yield from check.names.values()
            yield from getattr(check, "equivalents", ())
        if isinstance(check, CallsCheck):
            yield from (one.reference for one in check.mistakes)
            yield from () if check.derivative_of is None else (check.derivative_of,)
        if isinstance(check, QualityCheck):
            yield check.metric
