"""Every variant that students may get, tried out by judges; what is unfit is told by number."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from rubrics.findings import Finding, VariantReport
from rubrics.schema import Assignment
from rubrics.variants import draw_number, varied
from xgrad.checking.found import Found, Lines
from xgrad.checking.rooms import Whole

if TYPE_CHECKING:
    from workers.engine import Engine

LANES = 2
MOST_S = 300
"""For one variant: its references are worked out a few times."""

MOST_TOLD = 20
SLIPS = ("two slips", "the slip")
"""Slips that never can be told apart make explanations poorer, and no grade wrong."""

BREAKS = ("the reference fails", "the right answer is not finite")
OWN = "the reference fails its own check"
"""This breaks nothing: how far it is off can be measured."""

ALWAYS = (
    *BREAKS,
    "the mistake",
    "wrong answers cannot be explained",
    "the equivalent",
)
"""At fault however often it is so."""

ADVICE = "half of the hidden cases or more"
"""Cases are drawn anew for each submission: only what is so in most variants says anything."""

MEANT = "the formula is only"
"""Everywhere, as where the square of sine and that of cosine make 1, it is the question."""

OFTEN = 0.5
"""What is so in more than this share of the variants lies in the question, not in the draw."""


def numbers(assignment: Assignment, wanted: int) -> tuple[int, ...]:
    """The variants to try, the first that many."""
    return assignment.variants.numbers[:wanted] if varied(assignment) else (0,)


def try_out(
    assignment: Assignment,
    which: Sequence[int],
    engine: "Engine",
    step: Callable[[], None],
) -> list[VariantReport]:
    """Every variant's report, in order; `step` is called after each. Raises JudgeBroken."""

    def one(job: tuple[int, int]) -> VariantReport:
        at, number = job
        (found,) = engine.judges.inspect(
            assignment.folder, assignment.digest, [number], timeout_s=MOST_S, lane=at % LANES
        )
        step()
        return found

    with ThreadPoolExecutor(LANES) as pool:
        return list(pool.map(one, enumerate(which)))


def unfit(
    assignment: Assignment, reports: Sequence[VariantReport], measured: Sequence[Whole] = ()
) -> Found:
    """The variants that nobody should get, and what is odd about the question as a whole.

    That a reference fails its own check is not told again where it was `measured`.
    """
    found, lines = Found(), Lines(assignment)
    usual, refused = (
        _usual(reports),
        {(one.question, one.check) for one in measured if not one.fits},
    )
    own = [
        (report.number, one)
        for report in reports
        for one in _findings(report, usual)
        if not (one.message.startswith(OWN) and (one.question, one.check) in refused)
    ]
    counts = Counter(finding for _, finding in own)
    everywhere = {one for one, count in counts.items() if count > OFTEN * len(reports)}
    for one in everywhere:
        where = " in every variant" if counts[one] == len(reports) > 1 else ""
        where = where or (
            f" in {counts[one]} of {len(reports)} variants" if len(reports) > 1 else ""
        )
        said = f"{one.question}{where}: {one.message}"
        told = lines.at_check(one.question, one.check, said, *one.part)
        mild = one.message.startswith((*SLIPS, MEANT, ADVICE))
        grave = one.message.startswith(ALWAYS) or (varied(assignment) and not mild)
        (found.faults if grave else found.warnings).append(told)
    drawn = [(number, one) for number, one in own if one not in everywhere and not _advice(one)]
    for number, one in drawn[:MOST_TOLD]:
        values = repr(draw_number(assignment, number).questions[one.question])
        said = f"{one.question}: variant {number} (seed {number}: {values}): {one.message}"
        found.faults.append(lines.at_check(one.question, one.check, said, *one.part))
    if drawn:
        found.faults.append(lines.at(("variants",), _remedy(drawn)))
    return found


def _findings(report: VariantReport, usual: dict[str, set[str]]) -> Iterator[Finding]:
    yield from report.findings
    at_fault = {f"{one.question}/{one.check}" for one in report.findings}
    for place, slips in usual.items():
        question, _, check = place.partition("/")
        untold = place in at_fault or place not in report.slips
        for slip in [] if untold else sorted(slips - set(report.slips[place])):
            said = f"the slip “{slip}” gives the same numbers as another, or the right ones"
            yield Finding(question=question, check=check, message=said)


def _advice(one: Finding) -> bool:
    return one.message.startswith(ADVICE)


def _usual(reports: Sequence[VariantReport]) -> dict[str, set[str]]:
    """The slips that can be told apart in most variants."""
    found: dict[str, set[str]] = {}
    for place in {place for report in reports for place in report.slips}:
        having = [report.slips[place] for report in reports if place in report.slips]
        counts = Counter(slip for slips in having for slip in slips)
        found[place] = {slip for slip, count in counts.items() if count > OFTEN * len(having)}
    return found


def broken(reports: Sequence[VariantReport]) -> bool:
    """Whether a reference fails or overflows, so that no tolerance can be measured."""
    return any(_breaks(finding) for report in reports for finding in report.findings)


def _breaks(one: Finding) -> bool:
    return one.message.startswith(BREAKS) and not one.message.startswith(OWN)


def _remedy(drawn: Sequence[tuple[int, Finding]]) -> str:
    which = sorted({number for number, _ in drawn})
    more = f" ({len(drawn) - MOST_TOLD} more findings not shown)" if len(drawn) > MOST_TOLD else ""
    listed = ", ".join(map(str, which))
    return f"tighten `constraints`, or leave these variants out with `skip: [{listed}]`{more}"
