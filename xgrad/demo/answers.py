"""What the three students hand in, and the grades that these must get."""

from dataclasses import dataclass
from typing import Any

DERIVATION = (
    "By the chain rule dE/dw = dE/do · do/dnet · dnet/dw with dE/do = -(t - o), "
    "do/dnet = o (1 - o) and dnet/dw = x. So the update is η (t - o) o (1 - o) x."
)
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
    """Question 1 as numbers (None: as the script above), and the texts of question 2."""

    numbers: str | None
    derivation: str = DERIVATION
    explanation: str = EXPLANATION


PAPER = Answers("[0.4722, 0.0000, 0.9642, 135.0000]")
SCRIPT = Answers(None)
NEARLY = Answers("[0.9673, 1.6824, 0.8642, 579.9380]")


@dataclass(frozen=True)
class Expected:
    """The grade of question 1 and of the whole; `reason` is part of its first diagnosis."""

    score: float
    outcome: str
    total: float
    reason: str | None


# Question 2 waits for a person in all three, so each total is that of question 1, provisional.
EXPECTED = {
    "page": Expected(0.0, "wrong", 0.0, "exponent"),
    "API": Expected(4.0, "correct", 4.0, None),
    "LMS webhook": Expected(3.0, "partial", 3.0, None),
}


def form(given: Answers) -> dict[str, str]:
    """As the fields of the page's form."""
    return {
        "kind.q1": "tensor",
        "text.q1.tensor": given.numbers or "",
        "kind.q2a": "text",
        "text.q2a.text": given.derivation,
        "kind.q2b": "text",
        "text.q2b.text": given.explanation,
    }


def api(given: Answers) -> dict[str, Any]:
    """As the JSON of the API; a script travels beside it as a file."""
    first = {"kind": "tensor", "text": given.numbers} if given.numbers else {"kind": "code"}
    texts = {"q2a": given.derivation, "q2b": given.explanation}
    return {"answers": {"q1": first} | {q: {"kind": "text", "text": t} for q, t in texts.items()}}
