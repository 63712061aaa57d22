"""An argument is changed in place, and the same object returned."""

from rubrics.checks.calls import sentence
from rubrics.checks.case import Case
from rubrics.checks.hidden import Author, Record, Recorded, Recorder, Ship, play
from rubrics.checks.matching import Rules, match
from rubrics.checks.over_cases import Found, over_cases, shipped
from rubrics.code_check_specs import InPlaceCheck
from rubrics.grade import CheckGrade
from rubrics.job import CallResult
from rubrics.reference.cases import Case as AuthorsCase
from rubrics.reference.gradient import AuthorError

OTHER = "It returns another object than the one it was given to change."


def in_place(spec: InPlaceCheck, case: Case) -> CheckGrade:
    """Compare the argument, shipped back after the call, with the reference's; and the identity."""
    rules = Rules(tolerance=spec.tolerance, allow_nonfinite=spec.allow_nonfinite)

    def verdict(recorded: Recorded, result: CallResult) -> Found:
        shipped(result, "value")
        true = case.author.expected(recorded, spec.names)
        name = "the argument after the call"
        given = shipped(result, "argument")
        found = match(name, given, true.plain["argument"], true.exact["argument"], rules)
        if found.share == 1 and spec.returns_same and shipped(result, "same") is not True:
            return Found(0.0, OTHER)
        return Found(found.share, sentence(found.fault))

    record = record_in_place(spec, case.author)
    return over_cases(spec, case, record, verdict)


def record_in_place(spec: InPlaceCheck, author: Author) -> Record:  # noqa: ARG001
    """One call, the argument as it is afterwards, and whether it was returned."""

    def record(recorder: Recorder, one: AuthorsCase) -> Ship:
        if len(one.args) <= spec.argument:
            raise AuthorError(f"a case of `{spec.cases}` has no argument {spec.argument}")
        value, changed = play(recorder, spec.call, one), one.args[spec.argument]
        return {"value": value, "argument": changed, "same": recorder.same(value, changed)}

    return record
