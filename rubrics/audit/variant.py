"""Is one variant fit for a student? Not if it overflows, vanishes, is trivial, or hides slips."""

from collections.abc import Iterator

import torch

from rubrics.audit.asked import Asked, asked
from rubrics.audit.fit_cases import slips_of_cases, unfit_cases
from rubrics.audit.fit_quality import unfit_quality
from rubrics.audit.formulas import unfit_formulas
from rubrics.audit.mistakes import unfit_mistakes
from rubrics.audit.repeated import repeat
from rubrics.audit.rights import failing
from rubrics.audit.unexplained import unexplained
from rubrics.checks.values import ARITHMETIC, agree
from rubrics.diagnose import Table
from rubrics.findings import Finding, VariantReport
from rubrics.judge.posed import Posed
from rubrics.placeholders import Value
from rubrics.reference.gradient import AuthorError

NO_SLIPS = "wrong answers cannot be explained, as the slips fail"

HALF = 0.5
"""The share of a check's components that a trivial answer may not reach."""


def inspect(posed: Posed) -> VariantReport:
    """Every check of numbers and formulas of a variant, tried."""
    findings: list[Finding] = []
    slips: dict[str, tuple[str, ...]] = {}
    for question in posed.questions:
        for one in asked(question, posed.references[question.id]):
            said, table = _looked_at(one)
            if table is not None:
                slips[one.place] = tuple(dict.fromkeys(slip.text for slip in table.slips))
            place = {"question": question.id, "check": one.check.id}
            findings += [Finding(**place, message=text) for text in said]
        for check, text in repeat(question, posed.references[question.id], posed.number):
            findings.append(Finding(question=question.id, check=check, message=text))
        references = posed.references[question.id]
        findings += unfit_mistakes(question, references, posed.number)
        findings += unexplained(question, references, posed.number)
        findings += failing(question, references, posed.number)
        findings += unfit_cases(question, references, posed.number)
        findings += unfit_quality(question, references, posed.number)
        told_apart, alike = slips_of_cases(question, references)
        slips |= told_apart
        findings += alike
        for check, text in unfit_formulas(question):
            findings.append(Finding(question=question.id, check=check, message=text))
    return VariantReport(number=posed.number, findings=tuple(dict.fromkeys(findings)), slips=slips)


def _looked_at(one: Asked) -> tuple[list[str], Table | None]:
    """What is wrong with the numbers, and the table of slips if there is one."""
    try:
        said = list(_unfit(one))
    except AuthorError as fault:
        return [f"the reference fails{_line(fault)}: {fault}"], None
    try:
        table = None if said else one.table
    except AuthorError as fault:
        # Such a question is judged all the same: wrong answers are only not explained.
        return [f"{NO_SLIPS}{_line(fault)}: {fault}"], None
    return said + ([] if table is None else list(_coinciding(one, table))), table


def _line(fault: AuthorError) -> str:
    return f" (line {fault.line})" if fault.line else ""


def _unfit(one: Asked) -> Iterator[str]:
    expected = one.expected
    for values, dtype in ((expected.exact, "float64"), (expected.in_dtype, one.spec.dtype)):
        if not one.check.allow_nonfinite and not bool(values.isfinite().all()):
            yield f"the right answer is not finite in {dtype}"
            return
    if not bool(expected.exact.isfinite().all()):
        return
    exact = one.given(expected.exact)
    size, allowed = expected.exact.abs().flatten(), exact.allowed.flatten()
    if expected.gradient is not None and bool((size <= allowed).all()):
        yield "the gradient vanishes: it is zero within the tolerance"
        return
    for at in ((size > 0) & (size <= allowed)).nonzero().flatten().tolist():
        yield f"component {at + 1} is {float(size[at]):.2g}: the tolerance takes it for zero"
    yield from _trivial(one)


def _trivial(one: Asked) -> Iterator[str]:
    """Zero, one and the input, each as a whole answer."""
    true = one.expected.exact
    guesses = {"0": torch.zeros_like(true), "1": torch.ones_like(true)}
    same = {name: value for name, value in _inputs(one) if value.shape == true.shape}
    guesses |= {f"the input `{name}`": value.to(true) for name, value in same.items()}
    for name, guess in guesses.items():
        share = float(agree(one.given(guess), one.expected, allow_nonfinite=False).double().mean())
        if share == 1 or (share >= HALF and one.check.credit == "component"):
            part = "" if share == 1 else f" in {share:.0%} of the components"
            yield f"{name} is a right answer{part}"


def _inputs(one: Asked) -> Iterator[tuple[str, torch.Tensor]]:
    """What the student is given: numbers that were drawn, and where a gradient is taken."""
    for name, value in one.references.author.params.items():
        if not _words(value):
            yield name, torch.tensor(value, dtype=torch.float64)
    if one.expected.gradient is not None:
        yield from one.expected.gradient.at.items()


def _words(value: Value) -> bool:
    return any(map(_words, value)) if isinstance(value, tuple) else isinstance(value, str)


def _coinciding(one: Asked, table: Table) -> Iterator[str]:
    """Pairs of slips that give the same numbers, as far as the digits asked for can tell."""
    rows = table.gradients
    given = one.given(one.expected.exact)
    arithmetic = ARITHMETIC["typed" if given.typed else "computed"]
    reach = given.half_units.flatten()[table.kept] + arithmetic * rows.abs()
    for place, slip in enumerate(table.slips):
        near = ((rows - rows[place]).abs() <= reach[place]).all(dim=1)
        for other in near.nonzero().flatten().tolist():
            if other > place:
                texts = f"“{slip.text}” and “{table.slips[other].text}”"
                yield f"two slips give the same numbers: {texts}"
