"""Is one variant fit where code is called on hidden cases? Not if a trivial function is right."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import torch

from rubrics.audit.cases import Judged, OverCases, drawn
from rubrics.audit.repeated import COMPARED
from rubrics.checks.attempt import attempt
from rubrics.checks.case import References
from rubrics.checks.probe import Named, Probe
from rubrics.checks.slip_table import ARITHMETIC
from rubrics.checks.table import PROBE
from rubrics.findings import Finding
from rubrics.reference.gradient import AuthorError
from rubrics.schema import Question

HALF = 0.5
VANISHES = "the gradient vanishes: it is zero within the tolerance in every case"
HALF_RIGHT = "half of the hidden cases or more"
"""How a finding begins that is no more than advice: cases are drawn anew for each submission."""

MOST_S = 2.0
"""Processor time for the slips of one check; those that take longer are not compared."""

Slips = dict[str, tuple[str, ...]]
Guess = Callable[[Judged], Any]


def unfit_cases(question: Question, references: References, number: int) -> Iterator[Finding]:
    """Checks over cases for which a trivial function would do in this variant."""
    for check in question.checks:
        if check.kind in COMPARED:
            key = (question.id, check.id, number)
            try:
                one = drawn(question, check, references.author, key)
                said = list(_trivial(one))
            except AuthorError:
                continue  # told where the reference is repeated
            yield from (_finding(one, text) for text in said)


def _finding(one: OverCases, text: str) -> Finding:
    return Finding(question=one.question.id, check=one.check.id, message=text)


def _trivial(one: OverCases) -> Iterator[str]:
    derivative = one.what == "gradients"
    for name, guess in _guesses(one):
        share = _share(one, guess)
        if share == 1:
            zero = derivative and name == "0"
            yield VANISHES if zero else f"{name} is a right answer in every case"
        elif share >= HALF and one.dtype and one.check.credit != "all":
            yield f"{HALF_RIGHT} are right for {name}"


def _share(one: OverCases, guess: Guess) -> float:
    """Of the credit; a guess that fits no case earns nothing there."""
    found = [attempt(partial(_fits, one, guess, case), 0.0) for case in one.cases]
    if one.check.credit != "component":
        found = [float(share == 1) for share in found]
    return sum(found) / len(found)


def _fits(one: OverCases, guess: Guess, case: Judged) -> float:
    return one.share(case, guess(case))


def _guesses(one: OverCases) -> Iterator[tuple[str, Guess]]:
    yield "0", lambda case: _filled(case.plain, 0)
    yield "1", lambda case: _filled(case.plain, 1)
    if one.check.kind == "in_place":
        place = one.check.argument
        yield "an unchanged argument", lambda case: case.recorded.case.args[place]
    elif one.check.kind == "parameters_after":
        yield "no step at all", _first_state
    elif one.check.kind == "calls":
        most = max(len(case.recorded.case.args) for case in one.cases)
        for place in range(most):
            yield f"argument {place + 1} itself", _argument(place)


def _first_state(case: Judged) -> Any:
    made = case.recorded.case.made
    return dict(made.state or {}) if made is not None else {}


def _argument(place: int) -> Guess:
    return lambda case: case.recorded.case.args[place]


def _filled(plain: Any, number: int) -> Any:
    """The same number everywhere; of a word or a dtype nothing, and None stays what it is."""
    if isinstance(plain, dict):
        return {key: _filled(one, number) for key, one in plain.items()}
    if isinstance(plain, list | tuple):
        filled = [_filled(one, number) for one in plain]
        return filled if isinstance(plain, list) else tuple(filled)
    if isinstance(plain, torch.Tensor):
        return torch.full_like(plain.detach(), number)
    if type(plain).__module__ == "numpy":
        return plain * 0 + type(plain.dtype.type(number))(number)
    if isinstance(plain, bool | int | float | complex):
        return type(plain)(number)
    return "" if isinstance(plain, str) else None


def slips_of_cases(question: Question, references: References) -> tuple[Slips, list[Finding]]:
    """The slips of each check that is explained, by "question/check", and those that coincide.

    As they are looked up in the check's probe, which is the same for all who have this variant.
    """
    slips: Slips = {}
    found: list[Finding] = []
    for check in question.checks:
        if check.kind in PROBE:
            probe = attempt(partial(PROBE[check.kind], check, references), None)
            named = [] if probe is None else _tables(probe)
            texts = [slip.text for table, _ in named for slip in table.slips]
            if texts:
                slips[f"{question.id}/{check.id}"] = tuple(dict.fromkeys(texts))
            for pair in dict.fromkeys(pair for one in named for pair in _coinciding(one)):
                said = f"two slips give the same numbers: “{pair[0]}” and “{pair[1]}”"
                found.append(Finding(question=question.id, check=check.id, message=said))
    return slips, found


def _tables(probe: Probe) -> list[Named]:
    """By every argument; none at all if that takes too long, for then slips would seem lost."""
    if probe.derived is None:
        return []
    until, found = time.process_time() + MOST_S, list[Named]()
    right = probe.derived.right(probe.author, probe.recorded)
    for at in range(len(right.true)):
        if time.process_time() > until:
            return []
        named = probe.table(at)
        found += [] if named is None else [named]
    return found


def _coinciding(named: Named) -> Iterator[tuple[str, str]]:
    table, _ = named
    for place, row in enumerate(table.gradients):
        reach = ARITHMETIC * (row.abs() + table.gradients.abs())
        near = ((table.gradients - row).abs() <= reach).all(dim=1)
        for other in near.nonzero().flatten().tolist():
            if other > place:
                yield table.slips[place].text, table.slips[other].text
