"""The parameters of a module after a few optimiser steps equal the reference's."""

from rubrics.checks.calls import sentence
from rubrics.checks.case import Case
from rubrics.checks.close import Rules
from rubrics.checks.hidden import Author, Record, Recorded, Recorder, Ship, callee
from rubrics.checks.matching import match
from rubrics.checks.over_cases import Found, over_cases, shipped
from rubrics.code_check_specs import ParametersAfterCheck
from rubrics.grade import CheckGrade
from rubrics.job import CallResult
from rubrics.reference.cases import Case as AuthorsCase
from rubrics.reference.gradient import AuthorError


def parameters_after(spec: ParametersAfterCheck, case: Case) -> CheckGrade:
    """Compare the state of the module, by name. Raises AuthorError."""
    rules = Rules(tolerance=spec.tolerance, allow_nonfinite=spec.allow_nonfinite)

    def verdict(recorded: Recorded, result: CallResult) -> Found:
        true = case.author.expected(recorded, spec.names)
        name = f"the state after {spec.steps} steps"
        given = shipped(result, "state")
        found = match(name, given, true.plain["state"], true.exact["state"], rules)
        return Found(found.share, sentence(found.fault))

    record = record_parameters_after(spec, case.author)
    return over_cases(spec, case, record, verdict)


def record_parameters_after(spec: ParametersAfterCheck, author: Author) -> Record:  # noqa: ARG001
    """The module, the optimiser, and its steps on the case's inputs and targets."""

    def record(recorder: Recorder, one: AuthorsCase) -> Ship:
        if one.made is None or one.made.state is None or len(one.args) < 2:
            raise AuthorError("give `case(inputs, targets).made_with(…).with_state(…)`")
        *inputs, targets = one.args
        module = callee(recorder, spec.call, one)
        maker = recorder.name(f"optim.{spec.optimiser}", "torch")
        optimiser = maker(module.parameters(), **spec.options)
        loss = recorder.name(f"nn.functional.{spec.loss}", "torch")
        for _ in range(spec.steps):
            optimiser.zero_grad()
            loss(module(*inputs), targets).backward()
            optimiser.step()
        return {"state": module.state_dict()}

    return record
