"""Formulas against the author's: what is the same, what differs and why."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rubrics.answers import ParsedAnswer, RawAnswer, job_for, parse_answer
from rubrics.grade import CheckGrade
from rubrics.job import PlainValue, Run
from rubrics.judge import Judge
from rubrics.loader import AssignmentError, load
from rubrics.outcome import Outcome
from tests.unit.rubrics.conftest import read_formula

SYMBOLS = (
    "{name: eta, domain: positive}, {name: t, domain: unit}, {name: o, domain: unit}, {name: x}"
)
FORMULA = "eta*(t - o)*o*(1 - o)*x"

Write = Callable[..., Path]


@pytest.fixture
def judged(write: Write) -> Callable[..., CheckGrade]:
    def judge(
        text: str, *, formula: str = FORMULA, more: str = "", symbols: str = SYMBOLS, seed: int = 1
    ) -> CheckGrade:
        folder = write(
            answers=f"[{{kind: expression, symbols: [{symbols}]}}]",
            checks=f"[{{id: f, kind: equivalent, title: F, formula: {json.dumps(formula)}{more}}}]",
        )
        question = load(folder).questions[0]
        # As it is stored: one taken in before intake read formulas may be unreadable.
        answer = ParsedAnswer(kind="expression", text=text)
        job = job_for(question, answer)
        assert job is not None
        runs = {"q": read_formula(job)}
        return Judge(folder).judge({"q": answer}, runs, seed=seed)[0].checks[0]

    return judge


@pytest.mark.parametrize(
    "text",
    [
        FORMULA,
        r"-\eta (o-t) o (1-o) x",
        "x*eta*(t*o - o^2)*(1-o)",
        r"\eta x (t o - t o^2 - o^2 + o^3)",
        "eta*(t-o)*o*(1-o)*x*(sin(x)^2 + cos(x)^2)",
        "eta*(t-o)*o*(1-o)*x + x - x",
        "exp(log(eta))*(t-o)*o*(1-o)*x",
        "eta*(t-o)*o*(1-o)/(1/x)",
    ],
)
def test_every_equivalent_form_is_right(judged: Callable[..., CheckGrade], text: str) -> None:
    found = judged(text)
    assert (found.outcome, found.score, found.diagnoses) == (Outcome.CORRECT, 2, ())


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("-eta*(t-o)*o*(1-o)*x", "sign", "the whole formula"),
        ("2*eta*(t-o)*o*(1-o)*x", "scale", "2"),
        ("eta*(t-o)*o*(1-o)*x/2", "scale", "1/2"),
        ("eta*(t-o)*x", "missing_factor", "o*(1 - o)"),
        ("eta*(o-t)*x", "missing_factor", "o*(1 - o)"),
        ("eta*(t-o)*o*(1-o)", "missing_factor", "x"),
        ("eta*(t-o)*(1-o)*x", "missing_factor", "o"),
        ("(t-o)*o*(1-o)*x", "missing_factor", "eta"),
        ("eta*(t-o)*o*(1-o)*x^2", "extra_factor", "x"),
        ("eta*(t-o)^2*o*(1-o)*x", "extra_factor", "t - o"),
        ("eta*(t+o)*o*(1-o)*x", "inner_sign", "t - o"),
        ("eta*(t-o)*o*(1+o)*x", "inner_sign", "1 - o"),
        ("eta*(t-o)*t*(1-t)*x", "wrong_symbol", "t for o"),
        ("eta*t*o*(1-o)*x", "missing_term", "o"),
        ("1/(eta*(t-o)*o*(1-o)*x)", "upside_down", ""),
        ("1.001*eta*(t-o)*o*(1-o)*x", "rounded", ""),
    ],
)
def test_what_differs_is_named(
    judged: Callable[..., CheckGrade], text: str, kind: str, where: str
) -> None:
    found = judged(text)
    assert (found.outcome, found.score) == (Outcome.WRONG, 0)
    first = found.diagnoses[0]
    assert (first.kind, first.where) == (kind, where)
    assert len(found.diagnoses) <= 3


@pytest.mark.parametrize("text", ["eta", "0", "t^2 + x", "sin(x)", "eta*(t-o)*o*(1-o)*abs(x)", "7"])
def test_other_formulas_get_no_name(judged: Callable[..., CheckGrade], text: str) -> None:
    assert judged(text).diagnoses == ()


@pytest.mark.parametrize(
    ("text", "outcome", "said"),
    [
        ("1/(t-t)", Outcome.WRONG, "divides by zero"),
        ("log(0)*x", Outcome.WRONG, "logarithm of zero"),
        ("9^9^9^9", Outcome.NEEDS_REVIEW, "a person will look"),
        ("eta*(t-o)*o*(1-o)*x*relu(x)/relu(x)", Outcome.NEEDS_REVIEW, "It divides by zero"),
        ("eta*(t-o)*o*(1-o)*x*exp(10^6*eta)/exp(10^6*eta)", Outcome.CORRECT, "Right"),
        ("exp(exp(exp(100)))", Outcome.NEEDS_REVIEW, "a person will look"),
        ("eta*(t-o)*o*(1-o)*x + 10^-50", Outcome.WRONG, "not equivalent"),
        ("sin(10^90)", Outcome.WRONG, "not equivalent"),
        ("eta*(t-o)*q", Outcome.MALFORMED, "`q` is not a symbol"),
        ("eta*(t-o", Outcome.MALFORMED, "never closed"),
    ],
)
def test_what_is_not_simply_wrong(
    judged: Callable[..., CheckGrade], text: str, outcome: Outcome, said: str
) -> None:
    found = judged(text)
    assert found.outcome is outcome
    assert said in found.feedback
    assert (found.score is None) == (outcome is Outcome.NEEDS_REVIEW)


def test_nobody_can_fit_the_points(judged: Callable[..., CheckGrade]) -> None:
    """The same wrong answer that vanishes at the points of one seed is caught by another."""
    for seed in range(20):
        assert judged("eta*(t-o)*o*(1-o)*x + (x-1)*(x-2)", seed=seed).outcome is Outcome.WRONG


@pytest.mark.parametrize(
    ("symbols", "formula", "text", "right"),
    [
        ("{name: x, domain: positive}", "x", "sqrt(x^2)", True),
        ("{name: x}", "x", "sqrt(x^2)", False),
        ("{name: x}", "abs(x)", "sqrt(x^2)", True),
        ("{name: n, domain: integer}", "(-1)^n", "cos(pi*n)", True),
        ("{name: x}", "(-1)^2*x", "cos(2*pi)*x", True),
        ("{name: x, domain: positive}", "log(x)", "ln(x^2)/2", True),
        ("{name: x, domain: nonzero}", "1/x", "x/x^2", True),
        ("{name: x}", "relu(x)", "max(0, x)", True),
        ("{name: x}", "relu(x)", "(x + |x|)/2", True),
        ("{name: x}", "relu(x)", "x", False),
        ("{name: x}", "sigmoid(x)", "1 - σ(-x)", True),
        ("{name: x}", "σ(x)(1-σ(x))", "σ'(x)", True),
        ("{name: x}", "tanh'(x)", "1 - tanh^2 x", True),
        ("{name: x}", "2*sigmoid(2*x) - 1", r"\tanh x", True),
        ("{name: sigma, domain: positive}, {name: x}", "x/sigma", r"\frac{x}{\sigma}", True),
        ("{name: yhat}, {name: y}", "yhat - y", r"\hat{y} - y", True),
        ("", "pi/4", "arctan(1)", True),
        ("", "1/3", "0.3333", False),
        ("", "0", "sin(pi)", True),
    ],
)
def test_domains_decide(
    judged: Callable[..., CheckGrade], symbols: str, formula: str, text: str, right: bool
) -> None:
    found = judged(text, symbols=symbols, formula=formula)
    assert found.outcome is (Outcome.CORRECT if right else Outcome.WRONG)


def test_a_named_slip_may_earn_a_share(judged: Callable[..., CheckGrade]) -> None:
    more = ", credit: {sign: 0.5}"
    found = judged("-" + FORMULA, more=more)
    assert (found.outcome, found.score) == (Outcome.PARTIAL, 1)
    assert judged("2*" + FORMULA, more=more).score == 0


def test_a_known_mistake_speaks_first(judged: Callable[..., CheckGrade]) -> None:
    more = ", mistakes: [{formula: t - o, feedback: That is the error signal., credit: 0.25}]"
    found = judged("-(o - t)", more=more)
    assert (found.outcome, found.score) == (Outcome.PARTIAL, 0.5)
    assert [one.text for one in found.diagnoses] == ["That is the error signal."]


def test_the_formula_is_shown_only_where_asked_for(judged: Callable[..., CheckGrade]) -> None:
    assert FORMULA not in judged("eta").feedback
    assert FORMULA in judged("eta", more=", reveal: true").feedback


def test_a_constant_has_no_factor_by_chance(judged: Callable[..., CheckGrade]) -> None:
    assert judged("0.7071", symbols="", formula="pi/4").diagnoses == ()
    found = judged("pi/2", symbols="", formula="pi/4")
    assert [one.where for one in found.diagnoses] == ["2"]


def test_one_is_not_a_formula_without_its_only_factor(judged: Callable[..., CheckGrade]) -> None:
    assert judged("1", formula="t + x").diagnoses == ()


def test_an_authors_formula_without_values_is_the_authors_fault(
    judged: Callable[..., CheckGrade],
) -> None:
    found = judged("x", formula="log(x - x)")
    assert (found.outcome, found.score) == (Outcome.RUBRIC_ERROR, None)


@pytest.mark.parametrize(
    ("answers", "formula", "said"),
    [
        ("[{kind: expression, symbols: [{name: x}]}]", "x + q", "`q` is not a symbol"),
        ("[{kind: expression, symbols: [{name: x}]}]", "1/2x", "below the fraction bar"),
        ("[{kind: text}]", "x", "a `text` answer holds no formula"),
        ("[{kind: expression, symbols: [{name: x}, {name: x}]}]", "x", "the same name"),
        (
            "[{kind: expression, symbols: [{name: x, aliases: [t]}, {name: t}]}]",
            "x",
            "`t` would stand for two symbols",
        ),
        ("[{kind: expression, symbols: [{name: x, low: 3, high: 1}]}]", "x", "less than `high`"),
        (
            "[{kind: expression, symbols: [{name: x, domain: unit, high: 2}]}]",
            "x",
            "leave the domain",
        ),
    ],
)
def test_an_author_is_told_when_the_file_is_loaded(
    write: Write, answers: str, formula: str, said: str
) -> None:
    checks = f"[{{id: f, kind: equivalent, title: F, formula: '{formula}'}}]"
    with pytest.raises(AssignmentError) as caught:
        load(write(answers=answers, checks=checks))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "run",
    [
        None,
        Run(ended=Outcome.TIMED_OUT),
        Run(ended=None),
        Run(ended=None, values={"nodes": PlainValue(json_text='[["eval", "x"]]')}),
    ],
)
def test_what_the_sandbox_did_not_read_is_our_fault(write: Write, run: Run | None) -> None:
    folder = write(
        answers=f"[{{kind: expression, symbols: [{SYMBOLS}]}}]",
        checks=f"[{{id: f, kind: equivalent, title: F, formula: '{FORMULA}'}}]",
    )
    answer = parse_answer(load(folder).questions[0], RawAnswer(kind="expression", text="x"))
    runs = {} if run is None else {"q": run}
    found = Judge(folder).judge({"q": answer}, runs, seed=1)[0]
    assert (found.outcome, found.score) == (Outcome.SERVICE_ERROR, None)


def test_nothing_expected_travels_to_the_sandbox(write: Write) -> None:
    folder = write(
        answers=f"[{{kind: expression, symbols: [{SYMBOLS}]}}]",
        checks=f"[{{id: f, kind: equivalent, title: F, formula: '{FORMULA}'}}]",
    )
    question = load(folder).questions[0]
    answer = parse_answer(question, RawAnswer(kind="expression", text="eta*x"))
    job = job_for(question, answer)
    assert job is not None
    assert sorted(job.files) == ["answer.txt", "formula.zip", "read.py", "symbols.json"]
    assert FORMULA.encode() not in b"".join(job.files.values())
