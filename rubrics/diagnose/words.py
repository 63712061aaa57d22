"""Operations and values in words that a student understands."""

from rubrics.diagnose.replay import Edge
from rubrics.diagnose.steps import Step

_NOUNS = {
    "add": "the sum",
    "sub": "the difference",
    "mul": "the product",
    "div": "the quotient",
    "pow": "the power",
    "sum": "the sum",
    "amax": "the maximum",
    "max": "the maximum",
    "sqrt": "the square root",
    "rsqrt": "the inverse square root",
    "mm": "the matrix product",
    "bmm": "the matrix product",
    "matmul": "the matrix product",
    "neg": "the negative",
    "mean": "the mean",
}
FUNCTIONS = {
    "sigmoid": "the sigmoid",
    "tanh": "the tanh",
    "relu": "the ReLU",
    "gelu": "the GELU",
    "silu": "the SiLU",
    "exp": "the exponential",
    "log": "the logarithm",
    "sin": "the sine",
    "cos": "the cosine",
    "softplus": "the softplus",
}
"""Functions of one variable, whose derivative may be left out at every use."""


def value(step: Step | str) -> str:
    """A value: its label, else its expression, else what made it."""
    if isinstance(step, str):
        return f"`{step}`"
    if step.label:
        return step.label
    return f"`{step.source}`" if step.source else _noun(step)


def operation(edge: Edge) -> str:
    """The operation above an edge, told apart from others of the same expression."""
    above = edge.above
    if above.label:
        return above.label
    if above.source is None:
        return _noun(above)
    if above.fused:
        return f"{_noun(above)} inside `{above.source}`"
    return f"`{above.source}`"


def operand(edge: Edge) -> str:
    """The value below an edge, where the operation above has been named already."""
    if isinstance(edge.below, Step) and not edge.below.label and _inside(edge):
        return _noun(edge.below)
    return value(edge.below)


def path(edge: Edge) -> str:
    """Where the edge is: the value below it, and what it goes into unless its name says enough."""
    into = _into(edge)
    return f"{_end(edge)} in {into}" if into else _end(edge)


def cut(edge: Edge) -> str:
    """The value below the edge taken for a constant, to be read after "You treated"."""
    into = _into(edge)
    return f"{_end(edge)} as a constant" + (f" in {into}" if into else "")


def _end(edge: Edge) -> str:
    if isinstance(edge.below, Step) and not edge.below.label and _inside(edge):
        return f"{_noun(edge.below)} inside `{edge.above.source}`"
    return value(edge.below)


def _into(edge: Edge) -> str | None:
    if isinstance(edge.below, Step) and (edge.below.label or _inside(edge)):
        return None
    return operation(edge)


def _inside(edge: Edge) -> bool:
    """Are both ends of the edge parts of one call of the author's, such as a softmax?"""
    source = edge.above.source
    return isinstance(edge.below, Step) and source is not None and edge.below.source == source


def _noun(step: Step) -> str:
    return step.part or (_NOUNS | FUNCTIONS).get(step.op, f"the operation {step.op}")
