"""Formulas as people type them; what two people would read differently is refused."""

import contextlib
import time

import pytest

from rubrics.answers import MalformedAnswer, RawAnswer
from rubrics.answers.expression.formula import Unreadable, canonical, read
from rubrics.answers.expression.nodes import BadNodes, formula, shown
from rubrics.answers.expression.parse import parse
from tests.unit.rubrics.answers.formulas import NAMES, SPEC, parsed


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("eta*(t-o)*o*(1-o)*x", "eta*(t - o)*o*(1 - o)*x"),
        (r"-\eta (o-t) o (1-o) x", "(-eta)*(o - t)*o*(1 - o)*x"),
        ("Δw = η(t−o)o(1−o)x", "eta*(t - o)*o*(1 - o)*x"),
        (r"\Delta w_{ji} = \eta\,(t_j - o_j)\,o_j\left(1-o_j\right)x_i", "eta*(t - o)*o*(1 - o)*x"),
        (r"$\eta(t_j-o_j)o_jx_i$", "eta*(t - o)*o*x"),
        ("f'(x) = (1+x)e^x", "(1 + x)*e^x"),
        ("f(x)=2x", "2*x"),
        ("= 2x", "2*x"),
        ("f(x, t) = x*t", "x*t"),
        ("(x^2)' = 2x", "2*x"),
        ("d/dx (x^2 + t) = 2x", "2*x"),
        ("Δw_{ij}^{(l)} = ηx", "eta*x"),
        (r"\Delta w_{ij}^{\left(l\right)} = \eta x", "eta*x"),
        ("w_{t+1} = t - ηx", "t - eta*x"),
        (r"\frac{\partial E}{\partial w_{ji}^{(l+1)}} = -x", "-x"),
        ("etaox", "eta*o*x"),
        ("x**2", "x^2"),
        ("x²", "x^2"),
        ("2x", "2*x"),
        ("x^2t", "x^2*t"),
        ("-x^2", "-x^2"),
        ("x^-t", "x^(-t)"),
        ("x^t^o", "x^(t^o)"),
        ("x/t/o", "x/t/o"),
        ("x-t-o", "x - t - o"),
        ("x-(t-o)", "x - (t - o)"),
        ("½(t-o)²", "0.5*(t - o)^2"),
        (r"\frac12 x", "1/2*x"),
        (r"\frac{t-o}{x}", "(t - o)/x"),
        (r"\sqrt{x}+\sqrt[3]{t}", "sqrt(x) + t^(1/3)"),
        ("|x|t|o|", "abs(x)*t*abs(o)"),
        (r"\lvert x-t\rvert", "abs(x - t)"),
        ("sin^2 x + cos²(x)", "sin(x)^2 + cos(x)^2"),
        ("sin 2x", "sin(2*x)"),
        (r"\sin x \cos t", "sin(x)*cos(t)"),
        (r"\ln\sin x", "log(sin(x))"),
        ("σ'(x)", "sigmoid'(x)"),
        (r"\log_2 x + \log_{10}(x)", "log(x)/log(2) + log(x)/log(10)"),
        (r"\max\{0, x\}", "max(0, x)"),
        (r"\operatorname{ReLU}(x)", "relu(x)"),
        (r"\mathrm{e}^{-x}", "e^(-x)"),
        ("2e-3x", "2e-3*x"),
        ("πx", "pi*x"),
        ("x.", "x"),
        ("(((x)))", "x"),
    ],
)
def test_read_as_meant(text: str, read_as: str) -> None:
    assert shown(parsed(text)) == read_as
    assert shown(parsed(read_as)) == read_as


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no formula"),
        ("1/2x", "below the fraction bar"),
        ("x/t(1-o)", "below the fraction bar"),
        ("e^2x", "belongs to the exponent"),
        ("t^-2x", "belongs to the exponent"),
        (r"\ln x (1-x)", "argument of log"),
        ("sqrt 2x", "argument of sqrt"),
        ("sin^-1(x)", "inverse function"),
        ("max x", "in brackets"),
        ("max(x)", "2 to 8 arguments"),
        ("x 2", "after a factor"),
        ("x2", "For a power write x^2"),
        ("1 2", "follow each other"),
        ("1½", "follow each other"),
        ("0,5*x", "write 0.5"),
        ("x = y = 2", "more than one formula"),
        ("f(x) = x*t = 2", "more than one formula"),
        ("x + t = 2", "more than one formula"),
        ("(x + t) = 2", "more than one formula"),
        ("(x = 2", "more than one formula"),
        ("f(x) = 2)", "closes nothing"),
        ("2x = 3", "is not a symbol"),
        ("eta*q", "`q` is not a symbol of this question"),
        ("o_k", "`o_k` is not a symbol"),
        ("f(x)", "`f` is not a symbol"),
        ("(x", "never closed"),
        ("x)", "closes nothing"),
        ("(x]", "closes nothing"),
        ("x +", "breaks off"),
        ("*x", "stands where"),
        ("x!", "no meaning"),
        ("x; import os", "no meaning"),
        ("sigma''(x)", "derivative"),
        ("f'(x)", "`f` is not"),
        ("__import__('os')", "no meaning"),
        ("x.__class__", "no meaning"),
        ("lambda: 0", "`lambda` is not"),
        ("x" * 2001, "longer than"),
        ("(" * 60 + "x" + ")" * 60, "nested more than"),
        ("x" + "^x" * 60, "nested more than"),
        ("+".join(["x"] * 700), "more than 600 parts"),
        ("1" * 31, "more than 30 characters"),
        ("1e9999", "`e9999`"),
    ],
)
def test_refused_with_a_reason(text: str, said: str) -> None:
    if text == "2x = 3":
        assert shown(parsed(text)) == "3"  # a name may stand on the left, whatever it is
        return
    with pytest.raises(Unreadable) as caught:
        read(text, SPEC.spellings)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        (r"\eta", "eta"),
        ("η", "eta"),
        (r"\varepsilon", "epsilon"),
        ("w_{ji}", "w_ji"),
        ("w_{j,i}", "w_ji"),
        ("xᵢ", "x_i"),
        (r"\hat{y}", "yhat"),
        ("ŷ", "yhat"),
        (r"\bar x_i", "xbar_i"),
        (r"\mathbf{w}", "w"),
    ],
)
def test_one_spelling_of_a_name(name: str, spelled: str) -> None:
    assert canonical(name) == spelled


HOSTILE = (
    *("(" * 2000, "(" * 990 + "x" + ")" * 990 + "=x", ".;" * 990 + "x", "x" + " " * 1990 + "x"),
    *(
        ("n" * 39 + "x_i" + "o" * 38 + " ") * 24,
        "\u03b7" * 2000,
        "x\u2070" * 1000,
        "+" * 1999 + "x",
    ),
    *(
        "sin^" * 500,
        "\u221a[3]" * 399 + "x",
        "log_2^" * 330,
        "\\frac" * 390 + "{x}",
        "x_" * 999 + "x",
    ),
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda one: one[:6])
def test_a_hostile_text_costs_intake_some_milliseconds(text: str) -> None:
    """The web reads formulas in its own threads: some took five seconds, or all of the stack."""
    began = time.process_time()
    with contextlib.suppress(MalformedAnswer):
        parse(SPEC, RawAnswer(kind="expression", text=text))
    assert time.process_time() - began < 0.15


def test_intake_refuses_what_cannot_be_read_and_keeps_what_can_as_it_is() -> None:
    with pytest.raises(MalformedAnswer) as refused:
        parse(SPEC, RawAnswer(kind="expression", text="eta*q"), "q2a")
    assert refused.value.field == "q2a"
    assert "`q` is not a symbol of this question" in refused.value.message
    assert parse(SPEC, RawAnswer(kind="expression", text=" Δw = ηx ")).text == "Δw = ηx"


@pytest.mark.parametrize("name", ["", "x+y", "2", "(x)", "x y"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(Unreadable, match="name of a symbol"):
        canonical(name)


@pytest.mark.parametrize(
    "nodes",
    [
        None,
        [],
        "x",
        [["sym", "q"]],
        [["sym", "x"], ["add", 0]],
        [["sym", "x"], ["add", 0, 1]],
        [["sym", "x"], ["add", 0, -1]],
        [["sym", "x"], ["neg", True]],
        [["sym", "x"], ["call", "eval", 0]],
        [["sym", "x"], ["call", "max", 0]],
        [["num", "__import__('os')"]],
        [["num", "1" * 40]],
        [["num", 1]],
        [["const", "x"]],
        [["eval", "x"]],
        [[]],
        [["sym", "x"]] * 601,
    ],
)
def test_nodes_from_the_sandbox_are_not_believed(nodes: object) -> None:
    with pytest.raises(BadNodes):
        formula(nodes, NAMES)
