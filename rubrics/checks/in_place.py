"""An argument is changed in place, and the same object returned.

What the argument holds is judged from values: the very object that the call was given is shipped
afterwards. Code that works elsewhere and copies the result into it has changed it in place; code
that puts another object in its place, beside us, still needs the right values in that one. Only
whether the same object was returned is seen beside the student's code.
"""

from dataclasses import replace

from rubrics.checks.arguments import as_one_object, can_change
from rubrics.checks.calls import sentence
from rubrics.checks.case import Case
from rubrics.checks.close import Rules
from rubrics.checks.hidden import Author, Record, Recorded, Recorder, Ship, play
from rubrics.checks.matching import match
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
        at = spec.argument
        if len(one.args) <= at:
            raise AuthorError(f"a case of `{spec.cases}` has no argument {at}")
        if not can_change(one.args[at]):
            raise AuthorError(f"argument {at} of a case of `{spec.cases}` cannot be changed")
        changed = as_one_object(recorder, one.args[at])
        args = (*one.args[:at], changed, *one.args[at + 1 :])
        value = play(recorder, spec.call, replace(one, args=args))
        return {"value": value, "argument": changed, "same": recorder.same(value, changed)}

    return record
