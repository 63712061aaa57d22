"""What the three students hand in, and the grades that these must get."""

from dataclasses import dataclass
from typing import Any

FORMULA = "η (t − o) o (1 − o) x"
EXPLANATION = (
    "For large or unnormalised inputs the sigmoid saturates, and its slope there is nearly zero. "
    "The slope is at most 1/4, and going back through the layers multiplies one such factor for "
    "each, so hardly any error signal reaches the first layers, which barely learn."
)
GRADIENT_SCRIPT = b"""\
import torch

x = torch.tensor([0.1, 0, 0.2, 1.0], dtype=torch.float32, requires_grad=True)
a = x + torch.tensor([1.0, 1.4, 1.0, 2.0])
b = a ** (4 * x)
c = (b + 3) * 5
y = c.mean()
y.backward()
print(x.grad)
"""


@dataclass(frozen=True)
class Answers:
    """Question 1 as numbers (None: as the script above), the formula and the text of question 2."""

    numbers: str | None
    formula: str = FORMULA
    explanation: str = EXPLANATION


PAPER = Answers("[0.4722, 0.0000, 0.9642, 135.0000]")
SCRIPT = Answers(None, r"-\eta (o_j - t_j) o_j \left(1 - o_j\right) x_i")
NEARLY = Answers("[0.9673, 1.6824, 0.8642, 579.9380]", "-eta*(t - o)*o*(1 - o)*x")


@dataclass(frozen=True)
class Expected:
    """The grade of question 1 and of the whole; `reason` is part of its first diagnosis."""

    score: float
    outcome: str
    total: float
    reason: str | None


# The formula earns 2, or 1.5 with its sign wrong. The text of question 2 waits for a person in
# all three, so every total is provisional.
EXPECTED = {
    "page": Expected(0.0, "wrong", 2.0, "exponent"),
    "API": Expected(4.0, "correct", 6.0, None),
    "LMS webhook": Expected(3.0, "partial", 4.5, None),
}


def form(given: Answers) -> dict[str, str]:
    """As the fields of the page's form."""
    return {
        "kind.q1": "tensor",
        "text.q1.tensor": given.numbers or "",
        "kind.q2a": "expression",
        "text.q2a.expression": given.formula,
        "kind.q2b": "text",
        "text.q2b.text": given.explanation,
    }


def api(given: Answers) -> dict[str, Any]:
    """As the JSON of the API; a script travels beside it as a file."""
    first = {"kind": "tensor", "text": given.numbers} if given.numbers else {"kind": "code"}
    second = {
        "q2a": {"kind": "expression", "text": given.formula},
        "q2b": {"kind": "text", "text": given.explanation},
    }
    return {"answers": {"q1": first} | second}
