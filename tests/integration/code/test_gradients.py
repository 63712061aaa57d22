"""Gradients against the reference's, against numeric differences, and of the second order."""

import pytest

from rubrics.outcome import Outcome
from tests.integration.code.conftest import GradeCode

REFERENCE = """
    def f(x, y):
        return (x * y).sin().sum(dim=-1), x.exp()

    def cases(draw):
        yield case(draw.normal(4, 3).T, draw.normal(1, 4).expand(3, 4)).named("views")
        for _ in range(3):
            yield case(draw.normal(2, 3), draw.normal(3))
"""
RIGHT = "return torch.sin(x * y).sum(-1), torch.exp(x)"
WRONG = [
    ("return torch.sin(x * y.detach()).sum(-1), torch.exp(x)", "`y`"),
    ("return torch.sin(x * y).sum(-1).detach(), torch.exp(x)", "No gradient can be taken"),
    ("return torch.tensor((x * y).sin().sum(-1).tolist()), x.exp()", "No gradient can be taken"),
    ("return torch.sin(x * y).sum(), torch.exp(x)", "shape"),
    ("return torch.sin(x * y).sum(-1)", "is a 1-d tensor, a tuple"),
    ("return torch.sin(x.clone() * y).sum(-1), torch.exp(x.detach()) + 0 * x", "`x`"),
]
KINDS = ["gradients", "double_backward"]


def check(kind: str, more: str = "") -> str:
    return f"- {{id: c, kind: {kind}, title: T, call: f, cases: cases{more}}}"


@pytest.mark.parametrize("kind", [*KINDS, "gradcheck"])
def test_right(grade_code: GradeCode, kind: str) -> None:
    source = f"import torch\ndef f(x, y):\n    {RIGHT}\n"
    found = grade_code(source, check(kind), REFERENCE)["c"]
    evidence = "observed" if kind == "gradcheck" else "values"  # no `calls` compares its results
    assert (found.outcome, found.evidence, found.score) == (Outcome.CORRECT, evidence, 10)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("body", "said"), WRONG)
def test_wrong(grade_code: GradeCode, kind: str, body: str, said: str) -> None:
    found = grade_code(f"import torch\ndef f(x, y):\n    {body}\n", check(kind), REFERENCE)["c"]
    assert found.score == 0
    if kind == "gradients":
        assert said in found.feedback


def test_by_one_argument_alone(grade_code: GradeCode) -> None:
    source = "import torch\ndef f(x, y):\n    return (x * y.detach()).sin().sum(-1), x.exp()\n"
    found = grade_code(source, check("gradients", ", wrt: [0]"), REFERENCE)["c"]
    assert found.outcome == Outcome.CORRECT


OWN = """
    import torch
    class Square(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x
        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return %s
"""
SQUARE = """
    class Square:
        @staticmethod
        def apply(x):
            return x * x

    def cases(draw):
        for _ in range(3):
            yield case(draw.uniform(0.5, 2, 4))
"""


@pytest.mark.parametrize("kind", ["gradients", "gradcheck"])
@pytest.mark.parametrize(
    ("backward", "right"),
    [("2 * x * g", True), ("x * g", False), ("-2 * x * g", False), ("2 * x", False)],
)
def test_a_backward_written_by_hand(
    grade_code: GradeCode, kind: str, backward: str, right: bool
) -> None:
    asked = check(kind).replace("call: f", "call: Square.apply")
    found = grade_code(OWN % backward, asked, SQUARE)["c"]
    assert found.outcome == (Outcome.CORRECT if right else Outcome.WRONG)
    if kind == "gradcheck" and backward.startswith("-"):
        assert "opposite sign" in found.feedback


def test_a_gradient_is_not_asked_of_what_has_none(grade_code: GradeCode) -> None:
    reference = "def f(n):\n    return n\n\ndef cases(draw):\n    yield case(3)\n"
    found = grade_code("def f(n):\n    return n\n", check("gradients"), reference)["c"]
    assert found.outcome == Outcome.RUBRIC_ERROR


SIGNS = """
    def f(x, w):
        return %s

    def cases(draw):
        yield case(draw.normal(3), draw.normal(3))
"""
WAYS = ["x.sign() * w**2", "torch.where(x > 0, 1.0, -1.0) * w**2", "x.detach().sign() * w**2"]


@pytest.mark.parametrize("kind", [*KINDS, "gradcheck"])
@pytest.mark.parametrize("ours", WAYS)
@pytest.mark.parametrize("theirs", WAYS)
def test_no_path_is_a_gradient_of_zeros(
    grade_code: GradeCode, kind: str, ours: str, theirs: str
) -> None:
    source = f"import torch\ndef f(x, w):\n    return {theirs}\n"
    found = grade_code(source, check(kind), SIGNS % ours)["c"]
    assert (found.outcome, found.score) == (Outcome.CORRECT, 10), found.feedback


@pytest.mark.parametrize("kind", [*KINDS, "gradcheck"])
def test_no_path_where_there_must_be_one_is_wrong(grade_code: GradeCode, kind: str) -> None:
    source = "import torch\ndef f(x, w):\n    return x.detach()**3 * w**2\n"
    found = grade_code(source, check(kind), SIGNS % "x**3 * w**2")["c"]
    assert (found.outcome, found.score) == (Outcome.WRONG, 0)
    if kind == "gradients":
        assert "by `x` is None" in found.feedback
    reference = SIGNS % "x.sign() * w**2"
    source = source.replace("x.detach()**3", "x.sign() * x / x.detach()")
    found = grade_code(source, check(kind), reference)["c"]
    assert (found.outcome, found.score) == (Outcome.WRONG, 0)
