"""The function's own gradients equal numeric differences of its own results."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import torch

from rubrics.checks.case import Case
from rubrics.checks.held import held, wrong_in
from rubrics.checks.hidden import FLOATING, Author, Record, Recorded, Recorder, Ship
from rubrics.checks.leaves import Leaves, leaves, outputs
from rubrics.checks.over_cases import RIGHT, Found, over_cases, shipped
from rubrics.code_check_specs import GradcheckCheck
from rubrics.grade import CheckGrade
from rubrics.job import CallResult
from rubrics.reference.cases import Case as AuthorsCase
from rubrics.reference.draw import Draw

UNREADABLE = "Its results or gradients could not be compared with numeric differences."


def gradcheck(spec: GradcheckCheck, case: Case) -> CheckGrade:
    """Along drawn directions, in float64; both sides come from shipped values."""
    record = record_gradcheck(spec, case.author)

    def verdict(recorded: Recorded, result: CallResult) -> Found:
        moved = [f"{name}{at}" for name in ("ahead", "behind") for at in range(spec.directions)]
        if said := wrong_in(spec, case, recorded, result, "value", *moved):
            return Found(0.0, said)
        try:
            for own, numeric in slopes(spec, recorded, partial(shipped, result)):
                error = abs(own - numeric)
                if not error <= spec.tolerance.atol + spec.tolerance.rtol * abs(numeric):
                    return Found(0.0, _said(own, error, numeric))
        except (TypeError, ValueError):
            return Found(0.0, UNREADABLE)
        return RIGHT

    return held(spec, case, over_cases(spec, case, record, verdict))


def slopes(
    spec: GradcheckCheck, recorded: Recorded, result: Callable[[str], Any]
) -> Iterator[tuple[float, float]]:
    """Along each direction the slope by the shipped gradient, and by shipped differences.

    `result` gives what was shipped, by its name. Raises TypeError or ValueError for what is no
    gradient, and whatever `result` raises.
    """
    fed, gradient = recorded.kept["fed"], result("gradients")
    for at, directions in enumerate(recorded.kept["along"]):
        change = _inner(fed, result(f"ahead{at}")) - _inner(fed, result(f"behind{at}"))
        yield _inner(gradient, directions), change / (2 * spec.step)


def _said(own: float, error: float, numeric: float) -> str:
    start = "The gradient is not the slope of the function itself: along one direction"
    if own and abs(own + numeric) < 1e-3 * abs(numeric):
        return f"{start} it has the opposite sign."
    if error != error or not abs(error) < float("inf"):  # noqa: PLR0124 - nan alone differs from itself
        return f"{start} it is not a finite number."
    return f"{start} it is off by about {float(f'{error / max(abs(numeric), 1e-12):.0e}'):.0%}."


def _inner(left: Any, right: Any) -> float:
    """The sum of products of two lists of tensors of equal shapes. Raises TypeError, ValueError."""
    total = 0.0
    for one, other in zip(left, right, strict=True):
        if not isinstance(one, torch.Tensor) or not isinstance(other, torch.Tensor):
            raise TypeError("not a tensor")
        if one.shape != other.shape:
            raise ValueError("another shape")
        total += float((one.to(torch.float64) * other.to(torch.float64)).sum().detach())
    return total


def record_gradcheck(spec: GradcheckCheck, author: Author) -> Record:
    """The call with its gradient, and two calls for each direction, a step ahead and behind."""
    function = author.find(next(iter(spec.names.values())))

    def record(recorder: Recorder, one: AuthorsCase) -> Ship:
        ready = leaves(_in_double(one), spec.wrt, function)
        value, out = outputs(recorder, spec.call, ready, author, spec.names)
        derive = recorder.name("autograd.grad", "torch")
        found = derive(out.handles, ready.tensors, grad_outputs=out.fed, materialize_grads=True)
        draw = Draw(zlib.crc32(b"gradcheck"))
        ship: dict[str, Any] = {"value": value, "gradients": found}
        recorder.kept = {"fed": out.fed, "along": []}
        for at in range(spec.directions):
            along = [draw.normal(*leaf.shape, dtype=torch.float64) for leaf in ready.tensors]
            recorder.kept["along"].append(along)
            for name, step in (("ahead", spec.step), ("behind", -spec.step)):
                moved = _moved(ready, along, step)
                _, there = outputs(recorder, spec.call, moved, author, spec.names)
                ship[f"{name}{at}"] = there.handles
        return ship

    return record


def _in_double(case: AuthorsCase) -> AuthorsCase:
    def double(value: Any) -> Any:
        floats = isinstance(value, torch.Tensor) and value.dtype in FLOATING
        return value.to(torch.float64) if floats else value

    named = {name: double(one) for name, one in case.kwargs.items()}
    return replace(case, args=tuple(map(double, case.args)), kwargs=named)


def _moved(ready: Leaves, along: list[torch.Tensor], step: float) -> Leaves:
    moved = {
        id(leaf): (leaf + step * direction).detach().requires_grad_()
        for leaf, direction in zip(ready.tensors, along, strict=True)
    }
    case = replace(
        ready.case,
        args=tuple(moved.get(id(one), one) for one in ready.case.args),
        kwargs={name: moved.get(id(one), one) for name, one in ready.case.kwargs.items()},
    )
    return Leaves(case, list(moved.values()), ready.names)
