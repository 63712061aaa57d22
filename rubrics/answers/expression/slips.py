"""What one slip would make of the reference: each a formula of its own, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from rubrics.answers.expression.nodes import Formula, Node, shown

MOST_FACTORS = 8
MOST_MISSING = 3
MOST_NODES = 60
"""Of a longer reference only whole-formula slips are tried."""


@dataclass(frozen=True)
class Slip:
    """`formula` is what this slip gives; `kind` is stable, for counting.

    `flips`: may come together with a wrong overall sign.
    """

    kind: str
    where: str
    text: str
    formula: Formula
    flips: bool = False


@dataclass(frozen=True)
class _Factor:
    at: int
    below: bool

    def text(self, whole: Formula) -> str:
        return shown(whole, self.at)


def slips(whole: Formula) -> Iterator[Slip]:
    """The likeliest first."""
    factors = [one for one in _factors(whole, len(whole) - 1) if whole[one.at].operation != "num"]
    factors = factors[:MOST_FACTORS]
    yield from _missing(whole, factors, 1)
    if len(whole) <= MOST_NODES:
        yield from _inner_signs(whole)
        yield from _swapped(whole)
        yield from _wrong_symbol(whole)
    for count in range(2, min(MOST_MISSING, len(factors) - 1) + 1):
        yield from _missing(whole, factors, count)
    yield from _extra(whole, factors)
    if len(whole) <= MOST_NODES:
        yield from _missing_terms(whole)
        yield from _exponents(whole)
    yield _upside_down(whole)


def _factors(whole: Formula, at: int, below: bool = False) -> Iterator[_Factor]:
    node = whole[at]
    if node.operation == "neg":
        yield from _factors(whole, node.of[0], below)
    elif node.operation in ("mul", "div"):
        yield from _factors(whole, node.of[0], below)
        yield from _factors(whole, node.of[1], below ^ (node.operation == "div"))
    elif _whole_power(whole, node) > 1:
        for _ in range(_whole_power(whole, node)):
            yield from _factors(whole, node.of[0], below)
    else:
        yield _Factor(at, below)


def _whole_power(whole: Formula, node: Node) -> int:
    exponent = whole[node.of[1]] if node.operation == "pow" else None
    small = exponent is not None and exponent.name in ("2", "3", "4")
    return int(exponent.name) if small and exponent is not None else 0


def _missing(whole: Formula, factors: list[_Factor], count: int) -> Iterator[Slip]:
    if len(factors) <= count:
        return  # of a formula without any of its factors nothing is left to recognise
    seen: set[str] = set()
    for some in combinations(factors, count):
        name = _product(whole, some)
        if name in seen:
            continue
        seen.add(name)
        below = all(one.below for one in some)
        lacks = "You did not divide by" if below else "You left out the factor"
        mixed = count > 1 and len({one.below for one in some}) > 1
        said = f"{'You left out' if mixed else lacks} `{name}`."
        yield Slip("missing_factor", name, said, _without(whole, some), flips=True)


def _product(whole: Formula, some: tuple[_Factor, ...]) -> str:
    texts = []
    for one in some:
        text = one.text(whole)
        loose = whole[one.at].operation in ("add", "sub", "neg") and len(some) > 1
        texts.append(
            ("1/" if one.below and len(some) > 1 else "") + (f"({text})" if loose else text)
        )
    return "*".join(texts)


def _without(whole: Formula, some: tuple[_Factor, ...]) -> Formula:
    for one in some:
        operation = "mul" if one.below else "div"
        whole = (*whole, Node(operation, of=(len(whole) - 1, one.at)))
    return whole


def _extra(whole: Formula, factors: list[_Factor]) -> Iterator[Slip]:
    names = dict.fromkeys(node.name for node in whole if node.operation == "sym")
    for name in names:
        more = (*whole, Node("sym", name))
        last = len(whole)
        times = (*more, Node("mul", of=(last - 1, last)))
        yield Slip("extra_factor", name, f"There is a factor `{name}` too many.", times)
    for one in factors:
        if whole[one.at].operation == "sym":
            continue
        text = one.text(whole)
        operation = "div" if one.below else "mul"
        twice = (*whole, Node(operation, of=(len(whole) - 1, one.at)))
        yield Slip("extra_factor", text, f"The factor `{text}` is there once too often.", twice)


def _inner_signs(whole: Formula) -> Iterator[Slip]:
    for at, node in enumerate(whole):
        if node.operation in ("add", "sub"):
            flipped = replace(node, operation="sub" if node.operation == "add" else "add")
            text = shown(whole, at)
            said = f"A sign is wrong within `{text}`."
            yield Slip("inner_sign", text, said, _put(whole, at, flipped))


def _put(whole: Formula, at: int, node: Node) -> Formula:
    return (*whole[:at], node, *whole[at + 1 :])


def _swapped(whole: Formula) -> Iterator[Slip]:
    names = sorted({node.name for node in whole if node.operation == "sym"})
    for one, other in combinations(names, 2):
        exchange = {one: other, other: one}
        swapped = tuple(
            replace(node, name=exchange.get(node.name, node.name))
            if node.operation == "sym"
            else node
            for node in whole
        )
        said = f"`{one}` and `{other}` are exchanged."
        yield Slip("swapped_symbols", f"{one}, {other}", said, swapped)


def _wrong_symbol(whole: Formula) -> Iterator[Slip]:
    """Another symbol in one place, or in all places but one."""
    places = [at for at, node in enumerate(whole) if node.operation == "sym"]
    for at in places:
        right = whole[at].name
        others = [one for one in places if whole[one].name == right and one != at]
        for wrong in sorted({whole[one].name for one in places} - {right}):
            for changed in ([at], others) if len(others) > 1 else ([at],):
                formula = tuple(
                    replace(node, name=wrong) if one in changed else node
                    for one, node in enumerate(whole)
                )
                said = f"`{wrong}` stands where `{right}` should."
                yield Slip("wrong_symbol", f"{wrong} for {right}", said, formula)


def _missing_terms(whole: Formula) -> Iterator[Slip]:
    for at, node in enumerate(whole):
        if node.operation not in ("add", "sub"):
            continue
        for kept, lost in ((0, 1), (1, 0)):
            text = shown(whole, node.of[lost])
            negative = node.operation == "sub" and kept == 1
            alone = Node("neg", of=(node.of[1],)) if negative else whole[node.of[kept]]
            said = f"The term `{text}` is missing in `{shown(whole, at)}`."
            yield Slip("missing_term", text, said, _put(whole, at, alone))


def _exponents(whole: Formula) -> Iterator[Slip]:
    for at, node in enumerate(whole):
        if node.operation == "pow" and node.of[1] == at - 1:
            text = shown(whole, at)
            said = f"The power is missing in `{text}`."
            yield Slip("missing_power", text, said, _put(whole, at, whole[node.of[0]]))


def _upside_down(whole: Formula) -> Slip:
    last = len(whole)
    turned = (*whole, Node("num", "1"), Node("div", of=(last, last - 1)))
    return Slip("upside_down", "", "Numerator and denominator are exchanged.", turned)
