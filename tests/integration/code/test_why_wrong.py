"""Wrong gradients of code are explained as typed ones are; of several results, the first wrong."""

from pathlib import Path

import pytest

from rubrics.audit import inspect
from rubrics.judge import Judge
from rubrics.outcome import Outcome
from tests.integration.code.conftest import GradeCode

REFERENCE = """
    def f(x, y):
        s = torch.sigmoid(x * y)
        return s.sum(dim=-1), x.exp()

    class Cube:
        @staticmethod
        def apply(x):
            return x**3

    def cases(draw):
        yield case(draw.normal(1, 1), draw.normal(1)).named("one number")
        for _ in range(3):
            yield case(draw.normal(2, 3), draw.normal(3))

    def one(draw):
        yield case(draw.normal(1, 3))
"""
GRADIENTS = "- {id: c, kind: gradients, title: T, call: %s, cases: %s%s}"


def told(found: object) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in found.diagnoses]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        (
            "torch.sigmoid(x * y).sum(-1), x.detach().exp() + 0 * x",
            "dropped_path",
            "In the gradient by `x`: you treated item 2 of the result as a constant",
        ),
        (
            "(lambda z: torch.sigmoid(z).detach() + z - z.detach())(x * y).sum(-1), x.exp()",
            "missing_local_derivative",
            "`s = torch.sigmoid(x * y)`",
        ),
        ("torch.sigmoid(x * y).sum(-1).detach() + 0 * y.sum(), x.exp()", "dropped_path", ""),
    ],
)
def test_a_gradient_of_ones_own_function(
    grade_code: GradeCode, body: str, kind: str, text: str
) -> None:
    source = f"import torch\ndef f(x, y):\n    return {body}\n"
    found = grade_code(source, GRADIENTS % ("f", "cases", ""), REFERENCE)["c"]
    assert (found.outcome, found.score) == (Outcome.WRONG, 0)
    assert told(found)[0][0] == kind
    assert text in told(found)[0][1]
    quiet = grade_code(source, GRADIENTS % ("f", "cases", ", diagnose: false"), REFERENCE)["c"]
    assert (quiet.score, quiet.diagnoses) == (0, ())


CUBE = """
    import torch
    class Cube(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x**3
        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return %s
"""


@pytest.mark.parametrize(
    ("backward", "text"),
    [
        ("3 * x**2 * g", ""),
        ("3 * x**2", "The gradient that comes in from above was left out"),
        ("x**2 * g", "You left out the factor 3 of the derivative of `x**3`."),
        ("-3 * x**2 * g", "sign"),
        ("x * g + 17", ""),
    ],
)
def test_a_backward_of_ones_own(grade_code: GradeCode, backward: str, text: str) -> None:
    found = grade_code(CUBE % backward, GRADIENTS % ("Cube.apply", "one", ""), REFERENCE)["c"]
    assert (found.score == 10) == (backward == "3 * x**2 * g")
    assert bool(found.diagnoses) == bool(text)
    assert text in "".join(text for _, text in told(found))


BY_HAND = """
    def loss(W, x, t):
        return ((W @ x - t) ** 2).mean()

    def gradient(W, x, t):
        W, x = W.detach().requires_grad_(), x.detach().requires_grad_()
        return torch.autograd.grad(loss(W, x, t), (W, x))

    def cases(draw):
        yield case(torch.zeros(5, 3), torch.zeros(3), torch.zeros(5)).named("zeros")
        yield case(draw.normal(5, 3), draw.normal(3), draw.normal(5))
        yield case(draw.normal(5, 3).double(), draw.normal(3).double(), draw.normal(5).double())
"""
OF = (
    "- {id: c, kind: calls, title: T, call: gradient, cases: cases,"
    " derivative_of: %s, wrt: [0, 1]%s}"
)


@pytest.mark.parametrize(
    ("given", "kinds", "text"),
    [
        ("2 * d.outer(x), W.T @ d", ["scale"], "In the gradient by `W`: your gradient is 5 times"),
        (
            "d.outer(x) / 5, 4 * W.T @ d / 5",
            ["scale"],
            "In the gradient by `W`: you left out the factor 2",
        ),
        ("2 * d.outer(x) / 5, -2 * W.T @ d / 5", ["sign"], "In the gradient by `x`: "),
        ("2 * d.outer(x) / 5, 2 * W.T @ d / 5", [], ""),
        ("2 * d.outer(x) / 5, d.sum() * x + 2", [], ""),
        ("2 * d.outer(x) / 5, None", [], ""),
        ("d.outer(x)", [], ""),
        ("d.outer(x), W.T @ d, 1", [], ""),
        ("'a', 'b'", [], ""),
    ],
)
def test_a_gradient_written_by_hand(
    grade_code: GradeCode, given: str, kinds: list[str], text: str
) -> None:
    source = f"import torch\ndef gradient(W, x, t):\n    d = W @ x - t\n    return {given}\n"
    found = grade_code(source, OF % ("loss", ""), BY_HAND)["c"]
    assert [one.kind for one in found.diagnoses] == kinds
    assert all(said.startswith(text) for _, said in told(found))


OTHERS = """
    def fails(W, x, t):
        return W.missing()

    def several(W, x, t):
        return W.sum(), x

    def other(W, x, t):
        return (W.sum() * x.sum()) ** 2
"""


@pytest.mark.parametrize("reference", ["fails", "several", "other"])
def test_a_function_that_cannot_be_differentiated_costs_nothing(
    grade_code: GradeCode, reference: str
) -> None:
    source = "import torch\ndef gradient(W, x, t):\n    return W, x\n"
    found = grade_code(source, OF % (reference, ""), BY_HAND + OTHERS)["c"]
    assert (found.score, found.diagnoses) == (pytest.approx(10 / 3), ())


STAGES = """
    import collections
    Out = collections.namedtuple("Out", "scores weights output")

    def attend(q, k, v):
        scores = q @ k.T
        weights = scores.softmax(-1)
        return FORM

    def cases(draw):
        yield case(torch.zeros(2, 3), torch.zeros(4, 3), torch.ones(4, 2)).named("all alike")
        yield case(draw.normal(2, 3), draw.normal(4, 3), draw.normal(4, 2))
"""
FORMS = {
    "tuple": "scores, weights, weights @ v",
    "named": "Out(scores, weights, weights @ v)",
    "dict": "{'scores': scores, 'weights': weights, 'output': weights @ v}",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("scores = q @ k.T / 3**0.5", "scores"),
        ("weights = scores.softmax(0)", "weights"),
        ("v = v + 1", "output"),
        ("pass", ""),
    ],
)
def test_the_first_result_that_departs(
    grade_code: GradeCode, form: str, change: str, where: str
) -> None:
    check = "- {id: c, kind: calls, title: T, call: attend, cases: cases%s}"
    lines = ["scores = q @ k.T", "weights = scores.softmax(-1)"]
    at = {"scores": 1, "weights": 2}.get(where, 2)
    body = "\n    ".join([*lines[:at], change, *(lines[at:] if where == "scores" else [])])
    source = "import collections\nOut = collections.namedtuple('Out', 'scores weights output')\n"
    source += f"def attend(q, k, v):\n    {body}\n    return {FORMS[form]}\n"
    reference = STAGES.replace("FORM", FORMS[form])
    found = grade_code(source, check % ", stages: [scores, weights, output]", reference)["c"]
    assert [one.where for one in found.diagnoses] == ([f"`{where}`"] if where else [])
    assert {one.kind for one in found.diagnoses} <= {"first_departure"}
    assert grade_code(source, check % "", reference)["c"].diagnoses == ()


@pytest.mark.parametrize(
    ("more", "reference", "said"),
    [
        (", derivative_of: loss, wrt: [0, 1]", BY_HAND, ""),
        (", derivative_of: other, wrt: [0, 1]", BY_HAND, "are not the gradients of `other`"),
        (", derivative_of: loss, wrt: [0]", BY_HAND, "index out of range"),
        (", derivative_of: several", BY_HAND, "2 results depend on the arguments, not one"),
        (", stages: [dW, dx]", BY_HAND, ""),
        (", stages: [dW, dx, dt]", BY_HAND, "3 `stages` are named"),
    ],
)
def test_check_tells_what_cannot_be_explained(
    grade_code: GradeCode, tmp_path: Path, more: str, reference: str, said: str
) -> None:
    check = f"- {{id: c, kind: calls, title: T, call: gradient, cases: cases{more}}}"
    grade_code("def gradient(W, x, t):\n    return W\n", check, reference + OTHERS)
    findings = inspect(Judge(tmp_path / "course" / "made").pose(0)).findings
    assert len(findings) == bool(said)
    assert all(said in one.message for one in findings)


@pytest.mark.parametrize("given", ["(w, w @ v)", "{'w': w, 'output': w @ v}"])
def test_a_result_that_lacks_stages_has_none_that_departs(
    grade_code: GradeCode, given: str
) -> None:
    reference = STAGES.replace("FORM", "{'weights': weights, 'output': weights @ v}")
    source = f"def attend(q, k, v):\n    w = (q @ k.T).softmax(-1)\n    return {given}\n"
    check = (
        "- {id: c, kind: calls, title: T, call: attend, cases: cases, stages: [weights, output]}"
    )
    found = grade_code(source, check, reference)["c"]
    assert (found.outcome, found.diagnoses) == ("wrong", ())


def test_stages_of_named_results_may_stand_in_another_order(grade_code: GradeCode) -> None:
    reference = STAGES.replace("FORM", "{'output': weights @ v, 'weights': weights}")
    source = "def attend(q, k, v):\n    w = (q @ k.T).softmax(0)\n"
    source += "    return {'output': w @ v, 'weights': w}\n"
    check = (
        "- {id: c, kind: calls, title: T, call: attend, cases: cases, stages: [weights, output]}"
    )
    (why,) = grade_code(source, check, reference)["c"].diagnoses
    assert why.where == "`weights`"
