"""Gradients of the function equal the reference's."""

from collections.abc import Sequence
from typing import Any

import torch

from rubrics.checks.calls import sentence
from rubrics.checks.case import Case, References
from rubrics.checks.close import Match, Rules
from rubrics.checks.derived import derived_of
from rubrics.checks.gradient_slips import slips
from rubrics.checks.hidden import Author, Record, Recorded, Recorder, Ship
from rubrics.checks.leaves import leaves, outputs
from rubrics.checks.matching import match
from rubrics.checks.over_cases import Absent, Found, over_cases, result_of, shipped
from rubrics.checks.probe import Probe
from rubrics.code_check_specs import DoubleBackwardCheck, GradientsCheck
from rubrics.grade import CheckGrade
from rubrics.job import CallResult
from rubrics.outcome import UNSCORED, Outcome
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
    graded = compare_gradients(spec, case, record, "the gradient")
    if graded.outcome in UNSCORED | {Outcome.CORRECT}:
        return graded
    return explained_gradients(spec, case, case.recorded(spec, record), graded)


def explained_gradients(
    spec: GradientsCheck, case: Case, recorded: Sequence[Recorded], graded: CheckGrade
) -> CheckGrade:
    """With what is known of why the shipped gradients are wrong, where that is to be told."""
    probe = probe_of_gradients(spec, case.references)
    found = slips(probe, lambda one: shipped(result_of(case, one), "gradients"), recorded)
    return graded.model_copy(update={"diagnoses": found})


def probe_of_gradients(spec: GradientsCheck, references: References) -> Probe | None:
    """The case in which slips are looked up; of a hidden check students are told nothing."""
    if spec.hidden or not spec.diagnose:
        return None
    record = record_gradients(spec, references.author)
    return references.probes.of(spec, record, derived_of(spec))


def compare_gradients(
    spec: GradientsCheck | DoubleBackwardCheck,
    case: Case,
    record: Record,
    what: str,
) -> CheckGrade:
    """Compare shipped gradients, of the first or second order."""
    rules = Rules(tolerance=spec.tolerance, allow_nonfinite=spec.allow_nonfinite)

    def verdict(one: Recorded, result: CallResult) -> Found:
        true = case.author.expected(one, spec.names)
        try:
            given = shipped(result, "gradients")
        except Absent:
            return _why(result, true.plain["value"], true.exact["value"])
        ready = one.kept["leaves"]
        if not isinstance(given, tuple) or len(given) != len(ready.names):
            return Found(0.0, UNREADABLE)  # only a changed torch gives something else
        wanted = zip(true.plain["gradients"], true.exact["gradients"], strict=True)
        found = [
            _match(f"{what} by {name}", mine, both, leaf, rules)
            for name, leaf, mine, both in zip(
                ready.names, ready.tensors, given, wanted, strict=True
            )
        ]
        done, total = sum(part.right for part in found), sum(part.total for part in found)
        fault = next((part.fault for part in found if part.fault), "")
        return Found(done / total, sentence(fault))

    return over_cases(spec, case, record, verdict)


def _match(
    place: str, given: Any, wanted: tuple[Any, Any], leaf: torch.Tensor, rules: Rules
) -> Match:
    """None where a result does not depend on `leaf` is the same as zeros of its shape.

    Whether autograd sees a path there is up to how a right function is written: it finds one
    through `x.sign()`, and none through `torch.where(x > 0, 1.0, -1.0)`.
    """
    zeros = torch.zeros_like(leaf)
    plain, exact = (zeros if one is None else one for one in wanted)
    found = match(place, zeros if given is None else given, plain, exact, rules)
    if given is None and found.share < 1:
        return match(place, None, plain, exact, rules)
    return found


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
        recorder.kept = {"fed": out.fed, "leaves": ready}
        return {"value": value, "gradients": found}

    return record
