"""The same class on top of torch, so that autograd is what is right, and the hidden cases."""

from collections.abc import Callable, Iterator
from typing import Any, Self

import torch

from rubrics.reference import Case, Draw, case, program

CHAIN, DOUBLINGS = 500, 40


class Value:
    """A float64 scalar of torch's whose gradient is kept, whatever it came from."""

    def __init__(self, data: float | torch.Tensor) -> None:
        if not isinstance(data, torch.Tensor):
            data = torch.tensor(float(data), dtype=torch.float64, requires_grad=True)
        self._t = data
        self._t.retain_grad()

    @property
    def data(self) -> float:
        """The number."""
        return self._t.item()

    @property
    def grad(self) -> float:
        """What the calls of `backward` so far add up to."""
        return 0.0 if self._t.grad is None else self._t.grad.item()

    def backward(self) -> None:
        """Add the derivatives of this value to all it came from, itself included."""
        torch.autograd.backward(self._t, retain_graph=True)

    def __add__(self, other: Self | float) -> "Value":
        return Value(self._t + _plain(other))

    def __sub__(self, other: Self | float) -> "Value":
        return Value(self._t - _plain(other))

    def __rsub__(self, other: float) -> "Value":
        return Value(other - self._t)

    def __mul__(self, other: Self | float) -> "Value":
        return Value(self._t * _plain(other))

    def __truediv__(self, other: Self | float) -> "Value":
        return Value(self._t / _plain(other))

    def __rtruediv__(self, other: float) -> "Value":
        return Value(other / self._t)

    def __pow__(self, other: Self | float) -> "Value":
        return Value(self._t ** _plain(other))

    def __rpow__(self, other: float) -> "Value":
        return Value(other**self._t)

    def __neg__(self) -> "Value":
        return Value(-self._t)

    __radd__, __rmul__ = __add__, __mul__

    def exp(self) -> "Value":
        """The exponential."""
        return Value(self._t.exp())

    def log(self) -> "Value":
        """The natural logarithm."""
        return Value(self._t.log())

    def tanh(self) -> "Value":
        """The hyperbolic tangent."""
        return Value(self._t.tanh())

    def relu(self) -> "Value":
        """The value if it is positive, else 0."""
        return Value(self._t.relu())


def _plain(other: Value | float) -> torch.Tensor | float:
    return other._t if isinstance(other, Value) else other


Formula = Callable[..., Any]

OPERATIONS: dict[str, Formula] = {
    "a + b": lambda a, b, c: a + b,
    "a + 2.5": lambda a, b, c: a + c,
    "3 + a": lambda a, b, c: 3 + a,
    "a - b": lambda a, b, c: a - b,
    "a - 2.5": lambda a, b, c: a - c,
    "2.5 - a": lambda a, b, c: c - a,
    "a * b": lambda a, b, c: a * b,
    "2.5 * a": lambda a, b, c: c * a,
    "a * 3": lambda a, b, c: a * 3,
    "a / b": lambda a, b, c: a / b,
    "a / 2.5": lambda a, b, c: a / c,
    "2.5 / a": lambda a, b, c: c / a,
    "-a": lambda a, b, c: -a,
    "a ** 3": lambda a, b, c: a**3,
    "a ** -1.5": lambda a, b, c: a ** (-c),
    "a ** b": lambda a, b, c: a**b,
    "2.5 ** a": lambda a, b, c: c**a,
    "a.exp()": lambda a, b, c: a.exp(),
    "a.log()": lambda a, b, c: a.log(),
    "a.tanh()": lambda a, b, c: a.tanh(),
    "a.relu()": lambda a, b, c: a.relu(),
}
"""`a` and `b` are Values above 0, `c` a plain number; titles show what is written."""


def _case(title: str, formula: Formula, a: float, b: float, c: float) -> Case:
    def do(student: Any, _: Any) -> Any:
        first, second = student.Value(a), student.Value(b)
        result = formula(first, second, c)
        result.backward()
        return {"a.grad": first.grad, "b.grad": second.grad, "result.grad": result.grad}

    return program(do, title)


def derivative_cases(draw: Draw) -> Iterator[Case]:
    """Every operation on its own; then bases and arguments below 0, and relu at 0."""
    for title, formula in OPERATIONS.items():
        a, b, c = draw.number(0.4, 2.0), draw.number(0.4, 2.0), draw.number(1.2, 2.8)
        yield _case(title.replace("2.5", "2.5 (or so)"), formula, a, b, c)
    below = -draw.number(0.4, 2.0)
    yield _case("a ** 3 with a negative base", lambda a, b, c: a**3, below, 1.0, 1.0)
    yield _case("0 ** 2", lambda a, b, c: a**2, 0.0, 1.0, 1.0)
    yield _case("relu below 0", lambda a, b, c: a.relu(), below, 1.0, 1.0)
    yield _case("relu at 0", lambda a, b, c: a.relu(), 0.0, 1.0, 1.0)


def data_cases(draw: Draw) -> Iterator[Case]:
    """What a new value holds, what operations give, and that operands stay as they were."""

    def fresh(student: Any, _: Any) -> Any:
        one = student.Value(3)
        return {"data": one.data, "grad": one.grad}

    yield program(fresh, "Value(3)")
    for title, formula in OPERATIONS.items():
        yield _data(title, formula, draw)
    yield _data("(a * b + c) ** 2 / a.exp()", lambda a, b, c: (a * b + c) ** 2 / a.exp(), draw)


def _data(title: str, formula: Formula, draw: Draw) -> Case:
    a, b, c = draw.number(0.4, 2.0), draw.number(0.4, 2.0), draw.number(1.2, 2.8)

    def do(student: Any, _: Any) -> Any:
        first, second = student.Value(a), student.Value(b)
        result = formula(first, second, c)
        return {"result": result.data, "a": first.data, "b": second.data, "grad": result.grad}

    return program(do, title.replace("2.5", "2.5 (or so)"))


def shared_cases(draw: Draw) -> Iterator[Case]:
    """Both operands one value; graphs that part and meet; the first paper's own function."""
    formulas: dict[str, Formula] = {
        "a + a": lambda a, b, c: a + a,
        "a * a": lambda a, b, c: a * a,
        "a / a - b": lambda a, b, c: a / a - b,
        "a ** a": lambda a, b, c: a**a,
        "d = a * b; d * d + d": _meets,
        "d = a + b; e = d * a; e * d + e": _crosses,
        "d = a * b; d.exp() * 2 + d": lambda a, b, c: _far_and_near(a * b),
        "d = a * b; d + d.exp() * 2": lambda a, b, c: _near_and_far(a * b),
        "f = a + b; ((f * 2).exp() + f) * f": lambda a, b, c: _three_ways(a + b),
        "one neuron: (a * b + c).tanh() * a": lambda a, b, c: (a * b + c).tanh() * a,
        "(a + 1) ** (4 * a)": lambda a, b, c: (a + 1) ** (4 * a),
        "(a * b).exp() * 2 + a": lambda a, b, c: (a * b).exp() * 2 + a,
    }
    for title, formula in formulas.items():
        yield _case(title, formula, draw.number(0.4, 1.4), draw.number(0.4, 1.4), 0.3)


def _meets(a: Any, b: Any, _: float) -> Any:
    d = a * b
    return d * d + d


def _crosses(a: Any, b: Any, _: float) -> Any:
    d = a + b
    e = d * a
    return e * d + e


def _far_and_near(d: Any) -> Any:
    """A walk that goes breadth first meets `d` before all of its gradient is there."""
    return d.exp() * 2 + d


def _near_and_far(d: Any) -> Any:
    return d + d.exp() * 2


def _three_ways(f: Any) -> Any:
    return ((f * 2).exp() + f) * f


def again_cases(draw: Draw) -> Iterator[Case]:
    """The same result twice; two results that share a part; a result that is used further."""
    x, y = draw.number(0.5, 1.5), draw.number(0.5, 1.5)

    def twice(student: Any, _: Any) -> Any:
        a, b = student.Value(x), student.Value(y)
        d = a * b
        result = d * d + a
        result.backward()
        result.backward()
        return {"a.grad": a.grad, "b.grad": b.grad, "d.grad": d.grad, "result.grad": result.grad}

    def two(student: Any, _: Any) -> Any:
        a, b = student.Value(x), student.Value(y)
        d = a * b
        (d * 3).backward()
        (d.tanh() + a).backward()
        return {"a.grad": a.grad, "b.grad": b.grad, "d.grad": d.grad}

    def further(student: Any, _: Any) -> Any:
        a = student.Value(x)
        d = a * a
        d.backward()
        e = d * 3
        e.backward()
        return {"a.grad": a.grad, "d.grad": d.grad, "e.grad": e.grad}

    yield program(twice, "result.backward() twice")
    yield program(two, "two results with a common part")
    yield program(further, "a result that is then computed with")


def large_cases(draw: Draw) -> Iterator[Case]:
    """A thousand operations in a chain, and 2 to the power of 40 paths."""
    x = draw.number(0.5, 1.5)

    def chain(student: Any, _: Any) -> Any:
        a = student.Value(x)
        result = a
        for _step in range(CHAIN):
            result = (result + a) * 0.5
        result.backward()
        return {"result": result.data, "a.grad": a.grad}

    def paths(student: Any, _: Any) -> Any:
        a = student.Value(x)
        result = a
        for _step in range(DOUBLINGS):
            result = result + result
        result.backward()
        return {"result": result.data, "a.grad": a.grad}

    yield program(chain, "a chain of 1000 operations")
    yield program(paths, "2 to the power of 40 paths")


class Swish:
    """The second question by torch's own operations, called as a custom Function is."""

    @staticmethod
    def apply(x: torch.Tensor, beta: torch.Tensor) -> torch.Tensor:
        """x times the sigmoid of beta x; the shape of x."""
        return x * torch.sigmoid(beta * x)


class HalfTanh:
    """The same, by σ(z) = (1 + tanh(z/2)) / 2."""

    @staticmethod
    def apply(x: torch.Tensor, beta: torch.Tensor) -> torch.Tensor:
        """The shape of x."""
        return x * (1 + torch.tanh(beta * x / 2)) / 2


def swish_cases(draw: Draw) -> Iterator[Case]:
    """A single number, nothing at all, a view, both dtypes, slopes of either sign."""
    yield case(torch.tensor(0.7), torch.tensor(1.5)).named("`x` of shape ()")
    yield case(draw.normal(0, 3), torch.tensor(1.0)).named("`x` without an entry")
    yield case(draw.normal(3, 4).T, torch.tensor(-0.8)).named("`x` not contiguous, `beta` negative")
    yield case(torch.tensor([-10.0, 0.0, 10.0]), torch.tensor(3.0)).named("saturated entries")
    for shape in ((5,), (2, 3), (2, 1, 4)):
        beta = draw.uniform(0.5, 2, dtype=torch.float64)
        yield case(draw.normal(*shape, dtype=torch.float64), beta)
