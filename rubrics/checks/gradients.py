"""Gradients of the function equal the reference's."""

from typing import Any

from rubrics.checks.calls import sentence
from rubrics.checks.case import Case
from rubrics.checks.hidden import Author, Record, Recorded, Recorder, Ship
from rubrics.checks.leaves import leaves, outputs
from rubrics.checks.matching import Rules, match
from rubrics.checks.over_cases import Absent, Found, over_cases, shipped
from rubrics.code_check_specs import DoubleBackwardCheck, GradientsCheck
from rubrics.grade import CheckGrade
from rubrics.job import CallResult
from rubrics.outcome import Outcome
from rubrics.reference.cases import Case as AuthorsCase

NO_PATH = (
    "No gradient can be taken of the result: it does not depend on its input by operations that"
    " autograd records (was it detached, or taken through `.item()`, numpy or `.data`?)."
)
UNREADABLE = "What autograd gave could not be read."
_SIGNS = ("does not require grad", "appears to not have been used", "'NoneType' object")


def gradients(spec: GradientsCheck, case: Case) -> CheckGrade:
    """Compare what autograd gives for drawn gradients of the results. Raises AuthorError."""
    record = record_gradients(spec, case.author)
    return compare_gradients(spec, case, record, "the gradient")


def compare_gradients(
    spec: GradientsCheck | DoubleBackwardCheck,
    case: Case,
    record: Record,
    what: str,
) -> CheckGrade:
    """Compare shipped gradients, of the first or second order."""
    rules = Rules(tolerance=spec.tolerance, allow_nonfinite=spec.allow_nonfinite)
    function = case.author.find(next(iter(spec.names.values())))

    def verdict(one: Recorded, result: CallResult) -> Found:
        true = case.author.expected(one, spec.names)
        try:
            given = shipped(result, "gradients")
        except Absent:
            return _why(result, true.plain["value"], true.exact["value"])
        names = leaves(one.case, spec.wrt, function).names
        if not isinstance(given, tuple) or len(given) != len(names):
            return Found(0.0, UNREADABLE)  # only a changed torch gives something else
        triples = zip(names, given, true.plain["gradients"], true.exact["gradients"], strict=True)
        found = [
            match(f"{what} by {name}", mine, own, exact, rules)
            for name, mine, own, exact in triples
        ]
        done, total = sum(part.right for part in found), sum(part.total for part in found)
        fault = next((part.fault for part in found if part.fault), "")
        return Found(done / total, sentence(fault))

    return over_cases(spec, case, record, verdict)


def _why(result: CallResult, plain: Any, exact: Any) -> Found:
    """Why there is no gradient: the result itself is of another shape, or has no path back."""
    given = shipped(result, "value")
    fault = match("the result", given, plain, exact, Rules(allow_nonfinite=True)).fault
    if any(word in fault for word in ("shape", "dtype", "items", " is a ", "None")):
        return Found(0.0, sentence(fault))
    if result.error is not None and any(sign in result.error.message for sign in _SIGNS):
        return Found(0.0, NO_PATH)
    said = "" if result.error is None or result.error.line else result.error.message
    return Found(0.0, said and f"Its gradient cannot be taken: {said}", Outcome.WRONG)


def record_gradients(spec: GradientsCheck, author: Author) -> Record:
    """One call, and the gradient of its results along drawn directions."""
    function = author.find(next(iter(spec.names.values())))

    def record(recorder: Recorder, one: AuthorsCase) -> Ship:
        ready = leaves(one, spec.wrt, function)
        value, out = outputs(recorder, spec.call, ready, author, spec.names)
        derive = recorder.name("autograd.grad", "torch")
        found = derive(out.handles, ready.tensors, grad_outputs=out.fed, allow_unused=True)
        return {"value": value, "gradients": found}

    return record
