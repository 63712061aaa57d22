"""References of code that fail, or differ each time, are found before students see them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rubrics.audit import inspect
from rubrics.judge import Judge
from tests.unit.rubrics.conftest import Write

Tried = Callable[..., str]
CASES = "    yield case(draw.normal(2, 3))\n"


@pytest.fixture
def tried(write: Write) -> Tried:
    def run(
        body: str = "return 2 * x", cases: str = CASES, head: str = "", check: str = "kind: calls"
    ) -> str:
        folder: Path = write(
            answers="[{kind: code}]",
            checks=f"[{{id: c, {check}, title: C, call: f, cases: cases}}]",
            reference=(
                "import random, time, itertools\nimport numpy as np\n"
                f"from rubrics.reference import case\n{head}\n"
                f"def f(x):\n    {body}\ndef cases(draw):\n{cases}"
            ),
        )
        reports = [inspect(Judge(folder).pose(0)) for _ in range(2)]
        assert reports[0].findings[:1] == reports[1].findings[:1], "the same after a restart"
        return "; ".join(one.message for one in reports[0].findings)

    return run


@pytest.mark.parametrize(
    "kind",
    ["calls", "in_place", "gradients", "parameters_after, steps: 1", "prints", "gradcheck"],
)
def test_a_sound_reference_is_fit(tried: Tried, kind: str) -> None:
    cases = "    yield case(draw.normal(2, 3))\n"
    head = ""
    if kind.startswith("parameters"):
        cases = (
            "    yield case(draw.normal(2, 3), draw.normal(2, 3)).made_with(3, 3)"
            ".with_state({'weight': draw.normal(3, 3), 'bias': draw.normal(3)})\n"
        )
        head = "class f(torch.nn.Linear): pass\ng = f"
        assert tried("return x\nf = g", cases, head, f"kind: {kind}") == ""
    else:
        body = "return x.mul_(2)" if kind == "in_place" else "return 2 * x"
        assert tried(body, cases, check=f"kind: {kind}") == ""


@pytest.mark.parametrize(
    "drawn",
    ["random.random()", "float(np.random.rand())", "SINGLE.uniform_().item()", "FIXED", "DRAWN"],
)
def test_pythons_and_numpys_own_draws_are_seeded_too(tried: Tried, drawn: str) -> None:
    head = (
        "FIXED = random.random() + np.random.rand()\nDRAWN = float(torch.rand(()))\n"
        "SINGLE = torch.zeros((), dtype=torch.float32)"
    )
    assert tried(cases=f"    yield case(torch.full((2,), {drawn}))\n", head=head) == ""
    assert tried(f"return x * {drawn}", head=head) == ""


@pytest.mark.parametrize(
    ("body", "cases", "said"),
    [
        ("return 2 * x", "    yield case(torch.tensor(time.perf_counter_ns()))\n", "other inputs"),
        (
            "return 2 * x",
            "    yield case(np.random.default_rng().normal(size=3))\n",
            "other inputs",
        ),
        ("return x + random.SystemRandom().random()", CASES, "other results"),
        ("return x + np.random.default_rng().normal()", CASES, "other results"),
        ("print(time.perf_counter_ns()); return x", CASES, "other results"),
        ("return x / (1 // 0)", CASES, "ZeroDivisionError"),
        ("return x + torch.randn(100, 3)[:2]", CASES, "more than rounding loses"),
        ("return object()", CASES, "cannot be compared"),
        ("return x / 0", CASES, "not finite"),
    ],
)
def test_what_is_at_fault_is_told(tried: Tried, body: str, cases: str, said: str) -> None:
    found = tried(body, cases)
    assert found.startswith("the reference fails")
    assert said in found


def test_a_fault_is_told_by_its_line(tried: Tried) -> None:
    assert "the reference fails (line " in tried("return x / (1 // 0)")


def test_a_tolerance_that_fails_the_reference_itself_is_found(tried: Tried) -> None:
    check = "kind: calls, tolerance: {rtol: 1.0e-12, atol: 0}"
    assert "fails its own check (a 2×3 float32 input)" in tried("return x.exp()", check=check)


def test_a_reference_that_prints_more_than_is_compared_is_found(tried: Tried) -> None:
    assert tried("print('x' * 6999)", check="kind: prints") == ""
    assert "prints 7001 characters" in tried("print('x' * 7000)", check="kind: prints")


def test_cases_of_a_property_are_worked_out_where_results_are_held(tried: Tried) -> None:
    """A result that is compared in such a call must be one that repeats itself."""
    head = "def twos(draw):\n    yield case(draw.normal(2))"
    body = "return 2 * x + (random.SystemRandom().random() if len(x) == 5 else 0)"
    check = "kind: calls, title: C, call: f, cases: twos}, {id: d, needs: [c], kind: no_alias"
    found = tried(body, "    yield case(draw.normal(5))\n", head, check)
    assert found.startswith("the reference fails to repeat itself: `f` gives other results")
    assert tried(body, "    yield case(draw.normal(4))\n", head, check) == ""
