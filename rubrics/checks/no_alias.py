"""The result shares no memory with an argument."""

from rubrics.checks.arguments import changeable
from rubrics.checks.case import Case
from rubrics.checks.held import wrong_in
from rubrics.checks.hidden import Author, Record, Recorded, Recorder, Ship, play
from rubrics.checks.over_cases import RIGHT, Found, over_cases, shipped
from rubrics.code_check_specs import NoAliasCheck
from rubrics.grade import CheckGrade
from rubrics.job import CallResult
from rubrics.reference.cases import Case as AuthorsCase

SHARED = "The result shares memory with an argument: changing one would change the other."


def no_alias(spec: NoAliasCheck, case: Case) -> CheckGrade:
    """See whether tensors and arrays of the result lie in the memory of an argument's."""

    def verdict(recorded: Recorded, result: CallResult) -> Found:
        if said := wrong_in(spec, case, recorded, result, "value"):
            return Found(0.0, said)
        return RIGHT if shipped(result, "shares") is False else Found(0.0, SHARED)

    record = record_no_alias(spec, case.author)
    return over_cases(spec, case, record, verdict)


def record_no_alias(spec: NoAliasCheck, author: Author) -> Record:  # noqa: ARG001
    """One call, and the observation."""

    def record(recorder: Recorder, one: AuthorsCase) -> Ship:
        given = changeable(one, spec.cases)
        value = play(recorder, spec.call, one)
        return {"value": value, "shares": recorder.shares(value, given)}

    return record
