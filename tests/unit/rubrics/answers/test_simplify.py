"""Algebra, where numbers do not decide: right, in time, and never a bomb."""

import signal
import threading
import time

import pytest

from rubrics.answers.expression import simplify
from tests.unit.rubrics.answers.formulas import SPEC, parsed


def zero(one: str, other: str) -> bool | None:
    return simplify.difference_is_zero(parsed(one), parsed(other), SPEC.symbols)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("x*(t - o)", "x*t - o*x", True),
        ("exp(eta)*exp(-eta)*x", "x", True),
        ("sqrt(eta^2)", "eta", True),
        ("log2(eta) + log10(eta)", "ln(eta)/ln(2) + ln(eta)/ln(10)", True),
        ("σ'(x)", "σ(x)(1 - σ(x))", True),
        ("tanh'(x) + cos'(x) + sin'(x)", "1 - tanh(x)^2 - sin(x) + cos(x)", True),
        ("exp'(x) + log'(eta) + softplus'(x)", "exp(x) + 1/eta + sigmoid(x)", True),
        ("max(0, x) + cbrt(eta) + pow(x, 2)", "relu(x) + eta^(1/3) + x^2", True),
        ("x + 1", "x", False),
        ("pi", "e", False),
        ("9^9^9", "9^9^9", None),
    ],
)
def test_what_algebra_says(one: str, other: str, said: bool | None) -> None:
    assert zero(one, other) is said


def test_it_is_stopped_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simplify, "SECONDS", 0.3)
    began = time.monotonic()
    hard = "+".join(f"sin({k}*x + {k}*t)*exp({k}*o)*sqrt(eta + {k})" for k in range(1, 13))
    assert zero(f"({hard})^9", f"({hard})^8*({hard}) + sin(x)/1000") is not True
    assert time.monotonic() - began < 60
    assert signal.getitimer(signal.ITIMER_REAL)[0] >= 0


def test_another_timer_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getitimer(signal.ITIMER_REAL)[0]
    assert zero("x + t", "t + x") is True
    after = signal.getitimer(signal.ITIMER_REAL)[0]
    assert (after > 0) == (before > 0)


def test_a_thread_that_cannot_be_stopped_does_not_begin() -> None:
    said: list[bool | None] = []
    thread = threading.Thread(target=lambda: said.append(zero("x", "x")))
    thread.start()
    thread.join()
    assert said == [None]
