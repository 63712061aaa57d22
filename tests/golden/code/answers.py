"""Code of right value and wrong gradient: a right sample of the library, and what is changed in it.

The slip of each is known, and so is how it is to be named. None stands among the library's samples.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rubrics import library

QUESTION = "functions"


@dataclass(frozen=True)
class WrongCode:
    """One wrong answer; `kinds` are the names that are true of it, none if it has none."""

    assignment: str
    check: str
    old: str
    new: str
    kinds: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """The assignment's."""
        return Path(library.__path__[0]) / self.assignment

    @property
    def source(self) -> str:
        """The whole file. Raises ValueError if the sample is no longer as it was."""
        right = (self.folder / "samples" / "right.py").read_text()
        if right.count(self.old) != 1:
            raise ValueError(f"{self.assignment}: right.py has no longer one `{self.old}`")
        return right.replace(self.old, self.new)


SOFTMAX, CONVOLUTION, ATTENTION, BASICS = (
    "networks/softmax-regression",
    "networks/convolution",
    "networks/attention",
    "tensors/basics",
)

SHIFTED = "    Z = Z - Z.max(dim=1, keepdim=True).values\n    log_p = Z - "
LOG_SUM = "torch.log(torch.exp(Z).sum(dim=1, keepdim=True))"
PICKED = "    return -log_p[torch.arange(len(y)), y].mean()"
LOG_SOFTMAX = "z - torch.log(torch.exp(z).sum(-1, keepdim=True))"
RESULT = "return X.T @ D, D.sum(dim=0)"
SCORES = "    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])"
SOFTENED = "    weights = torch.softmax(scores, dim=-1)"
BIAS = "bias.view(1, -1, 1, 1)"
KERNEL = "part, weight[:, :, i, j])"


def wrong_code() -> Iterator[WrongCode]:
    """All of them."""
    yield from _softmax()
    yield from _convolution()
    yield from _attention()


def _softmax() -> Iterator[WrongCode]:
    def by_hand(old: str, new: str, *kinds: str) -> WrongCode:
        return WrongCode(SOFTMAX, "gradient", old, new, kinds)

    yield by_hand("    D = D / n\n", "", "known_mistake", "scale")
    yield by_hand("    D[torch.arange(n), y] -= 1\n", "", "known_mistake", "dropped_path")
    yield by_hand(RESULT, "return -X.T @ D, -D.sum(dim=0)", "sign")
    yield by_hand(RESULT, "return X.T @ D, D.sum(dim=0) / n", "scale")
    yield by_hand(RESULT, "return X.T @ D + 0.1 * W, D.sum(dim=0)")
    detached = SHIFTED.replace(".values", ".values.detach()") + f"{LOG_SUM}.detach()"
    yield WrongCode(SOFTMAX, "loss-derivable", SHIFTED + LOG_SUM, detached, ("dropped_path",))
    turned = PICKED.replace("return -", "mean = -") + "\n    return 2 * mean.detach() - mean"
    yield WrongCode(SOFTMAX, "loss-derivable", PICKED, turned, ("sign",))
    twice = f"2 * ({LOG_SOFTMAX}) - ({LOG_SOFTMAX}).detach()"
    yield WrongCode(BASICS, "softmax-gradient", LOG_SOFTMAX, twice, ("scale",))


def _convolution() -> Iterator[WrongCode]:
    def of(old: str, new: str, *kinds: str) -> WrongCode:
        return WrongCode(CONVOLUTION, "derivable", old, new, kinds)

    yield of("    return out\n", "    return 2 * out - out.detach()\n", "scale")
    yield of(BIAS, f"(2 * bias - bias.detach()).{BIAS.partition('.')[2]}", "scale")
    kernel = "weight[:, :, i, j]"
    turned = f"(2 * {kernel}.detach() - {kernel})"
    yield of(KERNEL, KERNEL.replace(kernel, turned), "sign")
    yield of(KERNEL, KERNEL.replace(kernel, f"({kernel} if stride == 1 else {turned})"), "sign")


def _attention() -> Iterator[WrongCode]:
    def of(old: str, new: str, *kinds: str) -> WrongCode:
        return WrongCode(ATTENTION, "attention-gradients", old, new, kinds)

    yield of("return weights @ v", "return weights.detach() @ v", "dropped_path")
    raised = "    raised = torch.exp(scores - scores.amax(-1, keepdim=True).detach())\n"
    divided = "    weights = raised / raised.sum(-1, keepdim=True).detach()"
    yield of(SOFTENED, raised + divided, "dropped_path")
    raw = f"    raw = {SCORES.partition('= ')[2]}\n".replace(" / math.sqrt(q.shape[-1])", "")
    scaled = "    scores = raw + (raw / math.sqrt(q.shape[-1]) - raw).detach()"
    yield of(SCORES, raw + scaled, "scale", "missing_local_derivative")
    masked = "    if mask is not None:\n        weights = weights.masked_fill(~mask, 0.0)"
    turned = masked.replace("weights = weights", "weights = (2 * weights.detach() - weights)")
    yield of(masked, turned, "sign")
