"""Formulas made by chance, and the many ways in which people write one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from rubrics.answers.expression.formula import read
from rubrics.answers.expression.nodes import Formula, formula
from rubrics.answers.expression.spec import ExpressionSpec

SPEC = ExpressionSpec.model_validate(
    {
        "kind": "expression",
        "symbols": [
            {"name": "eta", "domain": "positive"},
            {"name": "t", "domain": "unit", "aliases": ["t_j"]},
            {"name": "o", "domain": "unit", "aliases": ["o_j"]},
            {"name": "x", "aliases": ["x_i"]},
            {"name": "n", "domain": "integer"},
        ],
    }
)
NAMES = frozenset(symbol.name for symbol in SPEC.symbols)


def parsed(text: str) -> Formula:
    """The nodes of a text, as they would come out of the sandbox."""
    return formula(read(text, SPEC.spellings), NAMES)


@dataclass(frozen=True)
class Tree:
    """`operation` is num, sym, add, sub, mul, div, neg, square or a function."""

    operation: str
    parts: tuple["Tree", ...] = ()
    name: str = ""


def _number(value: int) -> Tree:
    return Tree("num", name=str(value))


LEAVES = st.one_of(
    st.integers(1, 9).map(_number),
    st.sampled_from(sorted(NAMES)).map(lambda name: Tree("sym", name=name)),
)
SAFE = ("exp", "sin", "sigma", "tanh")
POSITIVE = st.sampled_from(["eta", "t", "o", "n"]).map(lambda name: Tree("sym", name=name))


def _grow(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        st.builds(Tree, st.sampled_from(["add", "sub", "mul"]), pairs),
        st.builds(Tree, st.just("div"), st.tuples(inner, POSITIVE)),
        st.builds(Tree, st.just("neg"), st.tuples(inner)),
        st.builds(Tree, st.just("square"), st.tuples(LEAVES)),
        st.builds(Tree, st.sampled_from(SAFE), st.tuples(LEAVES)),
    )


TREES = st.recursive(LEAVES, _grow, max_leaves=8)

LEFT_SIDES = st.one_of(
    st.just(""),
    st.builds(
        "{}{}{}{} = ".format,
        st.sampled_from(["f", "Δw", r"\Delta w", "y", "∂E/∂w", r"\nabla f", "q", r"\hat{y}"]),
        st.sampled_from(["", "'", "_{ij}", "_j", "_{t+1}", "ᵢ"]),
        st.sampled_from(["", "^{(l)}", r"^{\left(l+1\right)}", "^2", "²"]),
        st.sampled_from(["", "(x)", "(x, t)", r"\left(x + 1\right)", "(σ(x))"]),
    ),
)
"""What may stand before a formula, with its sign."""

_GREEK = {"eta": ("eta", r"\eta ", "η"), "sigma": ("sigma", r"\sigma", "σ", "sigmoid")}
_SYMBOLS = _GREEK | {
    "t": ("t", "t_j", "t_{j}", "tⱼ"),
    "o": ("o", "o_j", r"o_{\text{j}}"),
    "x": ("x", "x_i", "xᵢ", "𝑥"),
    "n": ("n",),
}
_FUNCTIONS = {
    "exp": ("exp({})", r"\exp\left({}\right)", "e^({})", r"\mathrm{{e}}^{{{}}}"),
    "sin": ("sin({})", r"\sin({})", r"\sin{{{}}}"),
    "sigma": ("sigma({})", r"\sigma\left({}\right)", "σ({})", "1/(1 + exp(-({})))"),
    "tanh": ("tanh({})", r"\tanh({})", r"\operatorname{{tanh}}({})"),
}
_PAIRS = {
    "add": ("({} + {})", "({}+{})", r"\left( {} + {} \right)"),
    "sub": ("({} - {})", "({}−{})", r"\left[{} - {}\right]"),
    "mul": ("{}*{}", "{} {}", r"{} \cdot {}", "{}·{}", r"{}\,{}", r"{} \times {}"),
    "div": ("{}/{}", r"\frac{{{}}}{{{}}}", "{} ÷ {}", r"\dfrac{{{}}}{{{}}}"),
}

Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def spellings(draw: Draw, tree: Tree) -> str:
    """One way to write the tree."""
    return spell(draw, tree)


def spell(draw: Draw, tree: Tree) -> str:
    """Every part in brackets of its own, so that only the spelling is by chance."""
    pick = lambda options: draw(st.sampled_from(options))  # noqa: E731
    if tree.operation == "num":
        return f"({tree.name})"
    if tree.operation == "sym":
        return f"({pick(_SYMBOLS[tree.name])})"
    inner = [spell(draw, part) for part in tree.parts]
    if tree.operation == "neg":
        return f"(-{inner[0]})"
    if tree.operation == "square":
        return f"({inner[0]}{pick(('^2', '**2', '^{2}', '²'))})"
    if tree.operation in _FUNCTIONS:
        return f"({pick(_FUNCTIONS[tree.operation]).format(inner[0])})"
    return f"({pick(_PAIRS[tree.operation]).format(*inner)})"


@st.composite
def rewritten(draw: Draw, tree: Tree) -> Tree:
    """An equal formula of another form."""
    return rewrite(draw, tree)


def rewrite(draw: Draw, tree: Tree) -> Tree:
    """Commute, distribute, pull signs out, multiply by one, at every node by chance."""
    parts = tuple(rewrite(draw, part) for part in tree.parts)
    tree = Tree(tree.operation, parts, tree.name)
    return draw(st.sampled_from([tree, *_forms(tree)]))


def _forms(tree: Tree) -> list[Tree]:
    one, x = _number(1), Tree("sym", name="eta")
    forms = [Tree("mul", (tree, one)), Tree("neg", (Tree("neg", (tree,)),))]
    forms += [Tree("div", (Tree("mul", (tree, x)), x))]
    forms += [Tree("sub", (Tree("add", (tree, x)), x))]
    if tree.operation in ("add", "mul"):
        forms.append(Tree(tree.operation, tree.parts[::-1]))
    if tree.operation == "sub":
        forms.append(Tree("neg", (Tree("sub", tree.parts[::-1]),)))
    if tree.operation == "square":
        forms.append(Tree("mul", (tree.parts[0], tree.parts[0])))
    if tree.operation == "mul" and tree.parts[1].operation in ("add", "sub"):
        left, right = tree.parts
        spread = tuple(Tree("mul", (left, part)) for part in right.parts)
        forms.append(Tree(right.operation, spread))
    if tree.operation == "sigma":
        inner = Tree("neg", tree.parts)
        forms.append(Tree("sub", (one, Tree("sigma", (inner,)))))
    return forms
