"""Arguments are the same after the call as before it."""

from dataclasses import replace
from typing import Any

from rubrics.checks.arguments import as_one_object, changeable, holds_slice
from rubrics.checks.calls import sentence
from rubrics.checks.case import Case
from rubrics.checks.close import Rules
from rubrics.checks.held import wrong_in
from rubrics.checks.hidden import Author, Record, Recorded, Recorder, Ship, play
from rubrics.checks.matching import match
from rubrics.checks.over_cases import Found, over_cases, shipped
from rubrics.code_check_specs import InputUnchangedCheck
from rubrics.grade import CheckGrade
from rubrics.job import CallResult
from rubrics.reference.cases import Case as AuthorsCase
from rubrics.tolerance import Tolerance

EXACTLY = Rules(tolerance=Tolerance(rtol=0, atol=0), allow_nonfinite=True)


def input_unchanged(spec: InputUnchangedCheck, case: Case) -> CheckGrade:
    """Compare the arguments, shipped back after the call, with what was sent."""

    def verdict(recorded: Recorded, result: CallResult) -> Found:
        if said := wrong_in(spec, case, recorded, result, "value"):
            return Found(0.0, said)
        shipped(result, "value")
        sent = recorded.kept["sent"]
        found = match("the arguments", shipped(result, "arguments"), sent, sent, EXACTLY)
        said = sentence(found.fault.replace(" is asked for", " was given"))
        return Found(float(found.share == 1), f"An argument is changed by the call. {said}")

    record = record_input_unchanged(spec, case.author)
    return over_cases(spec, case, record, verdict)


def record_input_unchanged(spec: InputUnchangedCheck, author: Author) -> Record:  # noqa: ARG001
    """One call, and its arguments as they are afterwards."""

    def record(recorder: Recorder, one: AuthorsCase) -> Ship:
        sent = [part for part in changeable(one, spec.cases) if not holds_slice(part)]
        made = {id(part): as_one_object(recorder, part) for part in sent}

        def swapped(value: Any) -> Any:
            if isinstance(value, tuple):
                return tuple(map(swapped, value))
            return made.get(id(value), value)

        named = {name: swapped(value) for name, value in one.kwargs.items()}
        value = play(recorder, spec.call, replace(one, args=swapped(one.args), kwargs=named))
        recorder.kept = {"sent": sent}
        return {"value": value, "arguments": [made[id(part)] for part in sent]}

    return record
