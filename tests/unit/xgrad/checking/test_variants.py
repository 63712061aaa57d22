"""Reports of variants become faults with a seed, values, and a remedy that can be pasted."""

from pathlib import Path

import pytest

from rubrics.findings import Finding, Room, VariantReport
from rubrics.loader import LIBRARY, load
from rubrics.schema import Assignment
from rubrics.variants import draw
from xgrad.checking.rooms import put_together
from xgrad.checking.tolerances import outside, parts
from xgrad.checking.variants import numbers, unfit

PLACE = "power/gradient"


@pytest.fixture(scope="module")
def by_hand() -> Assignment:
    return load(LIBRARY / "autograd" / "by-hand")


def report(number: int, *slips: str, said: str = "") -> VariantReport:
    findings = (Finding(question="power", check="gradient", message=said),) if said else ()
    return VariantReport(number=number, findings=findings, slips={PLACE: slips})


def test_sound_variants_say_nothing(by_hand: Assignment) -> None:
    found = unfit(by_hand, [report(number, "a", "b") for number in range(10)])
    assert list(found.lines()) == []


def test_an_unfit_variant_is_told_by_seed_and_values(by_hand: Assignment) -> None:
    reports = [report(number, "a") for number in range(9)]
    found = unfit(by_hand, [*reports, report(9, "a", said="0 is a right answer")])
    first, remedy = found.faults
    values = repr(draw(by_hand, 9).questions["power"])
    assert first.message == f"power: variant 9 (seed 9: {values}): 0 is a right answer"
    line = (by_hand.folder / "assignment.yaml").read_text().splitlines()[first.line - 1]
    assert line.strip() == "- id: gradient"
    assert "`skip: [9]`" in remedy.message


def test_a_slip_that_is_lost_in_one_variant_is_told(by_hand: Assignment) -> None:
    reports = [report(number, "a", "b") for number in range(9)]
    found = unfit(by_hand, [*reports, report(9, "a")])
    assert "variant 9" in found.faults[0].message
    assert "the slip “b” gives the same numbers as another" in found.faults[0].message


def test_what_is_so_everywhere_lies_in_the_question(by_hand: Assignment) -> None:
    same = [report(number, said="two slips give the same numbers: a and b") for number in range(9)]
    found = unfit(by_hand, same)
    assert found.faults == []
    assert "power in every variant: two slips" in found.warnings[0].message
    failing = [report(number, said="the reference fails: no") for number in range(9)]
    assert "power in every variant" in unfit(by_hand, failing).faults[0].message


def test_a_formula_that_is_simple_for_everybody_is_the_question(by_hand: Assignment) -> None:
    """sin² + cos² is 1 whatever is drawn elsewhere; where only some get 1, those do not."""
    said = "the formula is only `1`"
    found = unfit(by_hand, [report(number, said=said) for number in range(9)])
    assert (found.faults, len(found.warnings)) == ([], 1)
    some = [report(number, said=said if number < 3 else "") for number in range(9)]
    assert "variant 0" in unfit(by_hand, some).faults[0].message
    right = [report(number, said="the mistake `x` is right") for number in range(9)]
    assert unfit(by_hand, right).faults


def test_what_is_trivial_for_everybody_is_a_fault_only_where_values_are_drawn(
    by_hand: Assignment,
) -> None:
    """A single question may well have the answer 0."""
    trivial = [report(number, said="0 is a right answer") for number in range(9)]
    assert "power in every variant" in unfit(by_hand, trivial).faults[0].message
    paper = load(LIBRARY / "autograd" / "paper-1")
    finding = Finding(question="q1", check="gradient", message="0 is a right answer")
    found = unfit(paper, [VariantReport(number=0, findings=(finding,), slips={})])
    assert (found.faults, len(found.warnings)) == ([], 1)


def test_a_long_list_is_cut(by_hand: Assignment) -> None:
    bad = [report(number, said=f"odd {number}") for number in range(30)]
    found = unfit(by_hand, [*bad, *(report(number) for number in range(30, 100))])
    assert len(found.faults) == 21
    assert "10 more findings not shown" in found.faults[-1].message


def test_skipped_variants_are_not_tried(by_hand: Assignment) -> None:
    assert numbers(by_hand, 3) == (0, 1, 2)
    assert numbers(load(LIBRARY / "autograd" / "paper-1"), 200) == (0,)


def test_advice_on_cases_is_given_once_and_skips_no_variant(by_hand: Assignment) -> None:
    """Cases are drawn anew for each submission, so a few variants of it say nothing."""
    said = "half of the hidden cases or more are right for 0"
    found = unfit(by_hand, [report(number, said=said) for number in range(9)])
    assert (found.faults, len(found.warnings)) == ([], 1)
    some = [report(number, said=said if number < 3 else "") for number in range(9)]
    assert list(unfit(by_hand, some).lines()) == []


def test_slips_that_took_too_long_in_one_variant_are_not_lost(by_hand: Assignment) -> None:
    untold = VariantReport(number=9, findings=(), slips={})
    found = unfit(by_hand, [*(report(number, "a", "b") for number in range(9)), untold])
    assert list(found.lines()) == []


def test_a_question_without_parameters_is_measured_once(by_hand: Assignment) -> None:
    """As are all of an assignment that has none; those that samples answer come first."""
    found = parts(by_hand, range(20), [7, 7, 3])
    assert [one.variant for one in found if one.question == "neuron"] == [7, 3, 0, 1, 2]
    basics = parts(load(LIBRARY / "tensors" / "basics"), (0,), [0, 0])
    assert {one.variant for one in basics} == {0}


def room(**changes: object) -> tuple[Room, str]:
    told = {
        "question": "neuron",
        "check": "gradient",
        "kind": "tensor",
        "tolerance": "rtol 1e-4, atol 0",
        "used": 0.5,
        "how": "`neuron` in float32",
        "error": 1e-6,
        "allowed": 2e-6,
        "value": 0.25,
        "nearest": 40.0,
        "wrong": "the slip “x”",
    }
    return Room.model_validate(told | changes), "no vector instructions"


def line_of(folder: Path, number: int) -> str:
    return (folder / "assignment.yaml").read_text().splitlines()[number - 1].strip()


def test_a_tolerance_within_the_gap_is_a_note(by_hand: Assignment) -> None:
    found = outside(by_hand, put_together([room(), room(used=0.7), room(nearest=30.0)]))
    assert (found.faults, found.warnings) == ([], [])
    (said,) = found.rooms
    start = "neuron/gradient (tensor, rtol 1e-4, atol 0)"
    assert said.note() == f"{start}: right ≤ 0.7, wrong ≥ 30 (the slip “x”)"


def test_a_tolerance_outside_the_gap_is_placed_with_its_numbers(by_hand: Assignment) -> None:
    (tight,) = outside(by_hand, put_together([room(), room(used=3.0, error=6e-6)])).faults
    assert line_of(by_hand.folder, tight.line).startswith("tolerance:")
    assert "`neuron` in float32, no vector instructions is 6e-06 off 0.25" in tight.message
    assert "where 2e-06 is allowed" in tight.message
    (wide,) = outside(by_hand, put_together([room(), room(nearest=0.4)])).faults
    assert line_of(by_hand.folder, wide.line).startswith("tolerance:")
    assert "passes a wrong answer, the slip “x”" in wide.message


def test_a_loose_default_is_a_warning(by_hand: Assignment) -> None:
    found = outside(by_hand, put_together([room(loose="the default allows much"), room()]))
    assert found.faults == []
    assert "the default allows much" in found.warnings[0].message
