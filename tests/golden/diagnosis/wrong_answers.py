"""Wrong answers that nothing explains, to count how often a false cause is named.

Seeded: the same list on every run. None is the right answer, none is a wrong answer of the table,
and none is the right answer turned over, turned round, negated or multiplied.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from tests.golden.diagnosis.digits import Digits, significant
from tests.golden.diagnosis.table import GRAPHS, Graph

SEED = 20260
PER_GRAPH = {"random": 6, "jittered": 4, "altered": 6, "mistyped": 5, "swapped": 3}
PER_SCALAR = {"three_digits": 40, "random": 10, "mistyped": 10}


@dataclass(frozen=True)
class WrongAnswer:
    """One unexplained answer: float64, in the shape asked for, as typed."""

    id: str
    graph: str
    how: str
    values: Tensor


def _rebuilt(values: list[float], like: Tensor) -> Tensor:
    return torch.tensor(values, dtype=torch.float64).reshape(like.shape)


def _random(rng: random.Random, right: Tensor, digits: Digits) -> Tensor:
    """Every number new, of the gradient's size."""
    size = float(right.square().mean().sqrt())
    return digits.typed(_rebuilt([rng.gauss(0, size) for _ in range(right.numel())], right))


def _jittered(rng: random.Random, right: Tensor, digits: Digits) -> Tensor:
    """Every sign right, every number off by a factor of its own."""
    drawn = [value * 3 ** rng.uniform(-1, 1) for value in right.flatten().tolist()]
    return digits.typed(_rebuilt(drawn, right))


def _altered(rng: random.Random, right: Tensor, digits: Digits) -> Tensor:
    """One component replaced by another number of the gradient's size."""
    values = right.flatten().tolist()
    values[rng.randrange(len(values))] = rng.gauss(0, float(right.square().mean().sqrt()))
    return digits.typed(_rebuilt(values, right))


def _mistyped(rng: random.Random, right: Tensor, digits: Digits) -> Tensor:
    """One digit of one component typed wrong."""
    texts = [digits.text(value) for value in right.flatten().tolist()]
    which = rng.randrange(len(texts))
    places = [place for place, sign in enumerate(texts[which]) if sign.isdigit()]
    place = rng.choice(places)
    other = rng.choice([digit for digit in "0123456789" if digit != texts[which][place]])
    texts[which] = texts[which][:place] + other + texts[which][place + 1 :]
    return _rebuilt([float(text) for text in texts], right)


def _swapped(rng: random.Random, right: Tensor, digits: Digits) -> Tensor:
    """Two components in each other's place."""
    values = right.flatten().tolist()
    one, other = rng.sample(range(len(values)), 2)
    values[one], values[other] = values[other], values[one]
    return digits.typed(_rebuilt(values, right))


def _three_digits(rng: random.Random, right: Tensor, digits: Digits) -> Tensor:
    """A scalar of the gradient's size, typed with three significant digits."""
    drawn = rng.choice([-1, 1]) * abs(float(right)) * 5 ** rng.uniform(-1, 1)
    return significant(3).typed(_rebuilt([drawn], right))


MAKERS: dict[str, Callable[[random.Random, Tensor, Digits], Tensor]] = {
    "random": _random,
    "jittered": _jittered,
    "altered": _altered,
    "mistyped": _mistyped,
    "swapped": _swapped,
    "three_digits": _three_digits,
}


def _orders(values: Tensor) -> list[Tensor]:
    """The orders in which a whole gradient is written down by a slip that has a name."""
    if values.dim() == 0:
        return [values]
    turned = [values.flip(dim) for dim in range(values.dim())]
    rolled = [values.roll(step, dim) for dim in range(values.dim()) for step in (-1, 1)]
    square = values.dim() == 2 and values.shape[0] == values.shape[1]
    return [values, values.flatten().flip(0).reshape(values.shape), *turned, *rolled] + (
        [values.T] if square else []
    )


def _multiple(values: Tensor, right: Tensor, digits: Digits) -> bool:
    """Whether `values` is the whole gradient times one number, to the digits asked for."""
    if right.numel() == 1:
        return any(
            not digits.differ(values, factor * right, 2) for factor in (-2, -1, -0.5, 0.5, 2)
        )
    factor = float((values * right).sum() / right.square().sum())
    return not digits.differ(values, factor * right, 2)


def _known(graph: Graph) -> list[Tensor]:
    """All that must not come out by chance, in the shape of the gradient."""
    right = graph.right()
    known = [*_orders(right), *(graph.answer(case) for case in graph.cases)]
    known += [value.double() for value in graph.inputs(torch.float64).values()]
    return [one for one in known if one.shape == right.shape]


def _draw(rng: random.Random, how: str, graph: Graph, known: list[Tensor]) -> Tensor:
    right = known[0]
    while True:
        values = MAKERS[how](rng, right, graph.digits)
        new = all(graph.digits.differ(values, one, 2) for one in known)
        if new and not _multiple(values, right, graph.digits):
            return values


def wrong_answers(seed: int = SEED) -> Iterator[WrongAnswer]:
    """At least 500 unexplained answers over all references, the same for the same seed."""
    for graph in GRAPHS.values():
        rng = random.Random(f"{seed}/{graph.name}")
        known = _known(graph)
        counts = PER_GRAPH if known[0].dim() else PER_SCALAR
        for how, count in counts.items():
            for number in range(count):
                name = f"{graph.name}/{how}/{number}"
                yield WrongAnswer(name, graph.name, how, _draw(rng, how, graph, known))
