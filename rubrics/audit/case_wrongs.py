"""Known wrong answers to checks over hidden cases: mistakes, slips of gradients, and samples."""

import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import torch

from rubrics.audit.cases import Judged, OverCases, drawn
from rubrics.audit.far import Far, farthest, of_result, other_kind
from rubrics.audit.setting import Setting
from rubrics.checks.attempt import attempt
from rubrics.checks.close import Rules
from rubrics.checks.derived import Derived, derived_of
from rubrics.checks.faster_than import STUDENT
from rubrics.checks.matching import parts
from rubrics.checks.over_cases import HIDDEN, shipped
from rubrics.checks.slip_table import table_of
from rubrics.code_check_specs import CallsCheck, GradientsCheck
from rubrics.diagnose import Table
from rubrics.findings import WrongSample
from rubrics.job import CallResult, Run
from rubrics.reference.gradient import AuthorError

MOST_CASES = 2
MOST_S = 5.0
"""Slips are looked for in some cases, those with most components, and for so long."""

OTHERWISE = ("in_place", "faster_than")
"""An answer may be wrong by these although its numbers are right."""

Wrong = tuple[Far, str]
NONE: list[tuple[str, Far]] = []


def wrongs(one: OverCases, setting: Setting) -> Iterator[Wrong]:
    """How far every known wrong answer is off, and what it is."""
    for mistake in getattr(one.check, "mistakes", ()):
        try:
            yield one.off(one.results(mistake.reference)), f"the mistake `{mistake.reference}`"
        except AuthorError:
            continue  # told where the variant is looked at
    yield from _slips(one)
    for sample in setting.samples:
        if one.check.id in sample.checks and sample.question == one.question.id:
            off = attempt(partial(_sample, one, sample), None)
            if off is not None:
                yield off, f"the sample {sample.name}"


def _sample(one: OverCases, sample: WrongSample) -> Far | None:
    """None where it did not come to numbers, or is wrong for another reason."""
    key = (one.question.id, one.check.id, sample.seed)
    there = drawn(one.question, one.check, one.author, key)
    run = _run(one, sample)
    calls = [
        None if run is None else run.calls.get(case.recorded.call.name) for case in there.cases
    ]
    if not any(_gave(call, there.what) for call in calls):
        return None
    found = []
    for case, call in zip(there.cases, calls, strict=True):
        if call is None or not _gave(call, there.what):
            found.append(other_kind("no result", there.bases, case.recorded.title))
        else:
            found.append(_result(there, case, shipped(call, there.what)))
    off = farthest(found)
    return None if one.check.kind in OTHERWISE and off.share <= 1 else off


def _result(there: OverCases, case: Judged, result: Any) -> Far:
    alone = OverCases(there.question, there.check, there.author, [case])
    return alone.off([result])


def _run(one: OverCases, sample: WrongSample) -> Run | None:
    if one.check.kind == "faster_than":
        return sample.others.get(f"{one.check.id}/{STUDENT}")
    return sample.others.get(HIDDEN) if one.check.hidden else sample.run


def _gave(call: CallResult | None, what: str) -> bool:
    return call is not None and what in call.values


def _slips(one: OverCases) -> Iterator[Wrong]:
    """Slips that the diagnosis knows, each at its farthest among the cases looked at."""
    check = one.check
    derived = derived_of(check) if isinstance(check, CallsCheck | GradientsCheck) else None
    if derived is None:
        return
    found: dict[str, list[Far]] = {}
    until = time.monotonic() + MOST_S
    for at, case in enumerate(sorted(one.cases, key=_telling, reverse=True)):
        near = [text for text, offs in found.items() if farthest(offs).share <= 1]
        if (at >= MOST_CASES and not near) or time.monotonic() > until:
            break
        for text, off in attempt(partial(_in_case, one, derived, case), NONE):
            found.setdefault(text, []).append(off)
    for text, offs in found.items():
        yield farthest(offs), f"the slip “{text}”"


def _telling(case: Judged) -> int:
    exact = case.exact if isinstance(case.exact, list | tuple) else [case.exact]
    return sum(one.numel() for one in exact if isinstance(one, torch.Tensor))


def _in_case(one: OverCases, derived: Derived, case: Judged) -> list[tuple[str, Far]]:
    right = derived.right(one.author, case.recorded)
    found = list[tuple[str, Far]]()

    def table(at: int) -> tuple[Table, str]:
        return table_of(one.author, derived, right, at)

    plain = case.plain if isinstance(case.plain, list | tuple) else [case.plain]
    for at, own in enumerate(plain):
        named = attempt(partial(table, at), None)
        if named is None:
            continue
        slips, name = named
        for slip, row in zip(slips.slips, slips.gradients, strict=True):
            text = f"{slip.text} (in the gradient by `{name}`)" if len(plain) > 1 else slip.text
            found.append((text, _row(one, slips, row, own, right.true[at])))
    return found


def _row(
    one: OverCases, table: Table, row: torch.Tensor, plain: torch.Tensor, exact: torch.Tensor
) -> Far:
    """What the slip gives, as far as it is kept, against what is right there."""
    here = plain.detach().flatten()[table.kept], exact.detach().flatten()[table.kept]
    rules = Rules(tolerance=one.check.tolerance, allow_nonfinite=one.check.allow_nonfinite)
    return of_result(parts("it", row.to(plain.dtype), *here, rules), one.bases)
