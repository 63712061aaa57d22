"""A right formula passes in every spelling and form; a wrong one in none; junk does no harm."""

import time

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rubrics.answers.expression.explain import explain
from rubrics.answers.expression.formula import Unreadable, read
from rubrics.answers.expression.nodes import Formula, formula
from rubrics.answers.expression.same import NoPoints, Sample, Verdict, compare, sample
from tests.unit.rubrics.answers.formulas import (
    LEAVES,
    LEFT_SIDES,
    NAMES,
    SPEC,
    TREES,
    Tree,
    parsed,
    rewritten,
    spellings,
)

FEW, MANY = settings(max_examples=60), settings(max_examples=400)
JUNK = st.text(
    st.sampled_from("xteoη01.9^*/+-()[]{}|=_,'\\ \n²½√sinlogfracmax\u0302$&~%#\x00🙂"), max_size=200
)


def _sampled(reference: Formula, seed: int) -> list[Sample]:
    try:
        return sample(reference, SPEC.symbols, seed)
    except NoPoints:
        assume(False)
        raise


@FEW
@given(st.data(), TREES, st.integers(0, 2**62))
def test_a_right_formula_passes_in_any_form(data: st.DataObject, tree: Tree, seed: int) -> None:
    reference = parsed(data.draw(spellings(tree)))
    text = data.draw(LEFT_SIDES) + data.draw(spellings(data.draw(rewritten(tree))))
    found = compare(reference, parsed(text), _sampled(reference, seed), SPEC.symbols)
    assert found.verdict is Verdict.SAME, text


@FEW
@given(st.data(), TREES, LEAVES, st.integers(0, 2**62))
def test_a_wrong_formula_never_passes(
    data: st.DataObject, tree: Tree, leaf: Tree, seed: int
) -> None:
    """A term too many, in whatever form the rest is."""
    reference = parsed(data.draw(spellings(tree)))
    wrong = Tree("add", (data.draw(rewritten(tree)), leaf))
    text = data.draw(spellings(wrong))
    samples = _sampled(reference, seed)
    found = compare(reference, parsed(text), samples, SPEC.symbols)
    assert found.verdict is Verdict.DIFFERENT, text
    assert len(explain(reference, parsed(text), samples)) <= 3


@FEW
@given(st.data(), TREES, st.integers(0, 2**62))
def test_a_right_formula_gets_no_name(data: st.DataObject, tree: Tree, seed: int) -> None:
    """Should it ever be explained, nothing but rounding could be said of it, and that is not so."""
    reference = parsed(data.draw(spellings(tree)))
    text = data.draw(spellings(data.draw(rewritten(tree))))
    kinds = {one.kind for one in explain(reference, parsed(text), _sampled(reference, seed))}
    assert not kinds & {"sign", "scale"}, text


@MANY
@given(JUNK)
def test_junk_is_refused_or_read_but_never_harms(text: str) -> None:
    began, said = time.process_time(), "."
    try:
        formula(read(text, SPEC.spellings), NAMES)
    except Unreadable as fault:
        said = str(fault)
    assert said.endswith(".")
    assert time.process_time() - began < 5


@MANY
@given(st.text(max_size=300))
def test_any_text_is_refused_or_read(text: str) -> None:
    try:
        formula(read(text, SPEC.spellings), NAMES)
    except Unreadable:
        return


@FEW
@given(st.text(st.sampled_from("xto9^*+-()e"), min_size=1, max_size=40), st.integers(0, 2**62))
def test_what_can_be_read_is_judged_in_time(text: str, seed: int) -> None:
    reference = parsed("eta*(t-o)*o*(1-o)*x")
    try:
        given_formula = parsed(text)
    except Unreadable:
        return
    began = time.process_time()
    samples = sample(reference, SPEC.symbols, seed)
    found = compare(reference, given_formula, samples, SPEC.symbols)
    if found.verdict is Verdict.DIFFERENT:
        explain(reference, given_formula, samples)
    assert time.process_time() - began < 20
