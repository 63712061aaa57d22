"""The value of a formula at a point, in as many digits as asked for; bounded in time and memory."""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import mpmath

from rubrics.answers.expression.nodes import Formula, Node

MOST_BITS = 100_000
"""Of the size of a value: beyond it (9^9^9) numbers no longer fit into memory."""

Context = Any
Number = Any


class Undefined(ArithmeticError):
    """The formula has no finite value here; the message says why, after "because"."""


class Immense(Undefined):
    """It may have one, but not one that is worked out here."""


@cache
def context(digits: int) -> Context:
    """Arithmetic of its own in so many digits."""
    arithmetic: Context = mpmath.mp
    found = arithmetic.clone()
    found.dps = digits
    return found


def evaluate(whole: Formula, point: Mapping[str, Fraction], digits: int) -> Number:
    """The value of the last node, real or complex. Raises Undefined."""
    return values(whole, point, digits)[-1]


def values(whole: Formula, point: Mapping[str, Fraction], digits: int) -> list[Number]:
    """The values of all nodes. Raises Undefined."""
    ctx = context(digits)
    found: list[Number] = []
    for node in whole:
        try:
            value = _value(ctx, node, [found[at] for at in node.of], point)
        except ZeroDivisionError:
            raise Undefined("it divides by zero") from None
        except (ValueError, OverflowError, ctx.NoConvergence):
            raise Undefined(f"{node.name or node.operation} has no value there") from None
        found.append(_bounded(ctx, value))
    return found


def _bounded(ctx: Context, value: Number) -> Number:
    if isinstance(value, ctx.mpc) and value.imag == 0:
        value = value.real
    if not ctx.isfinite(value):
        raise Undefined("a value in it is not finite")
    if value != 0 and abs(ctx.mag(value)) > MOST_BITS:
        raise Immense("a value in it is too large or too small")
    return value


def _value(ctx: Context, node: Node, of: list[Number], point: Mapping[str, Fraction]) -> Number:
    if node.operation == "num":
        return _exact(ctx, Fraction(node.name))
    if node.operation == "sym":
        return _exact(ctx, point[node.name])
    if node.operation == "const":
        return +(ctx.pi if node.name == "pi" else ctx.e)
    if node.operation == "call":
        return _call(ctx, node.name, of)
    if node.operation == "pow":
        return _power(ctx, *of)
    return _PAIRS[node.operation](*of)


def _exact(ctx: Context, value: Fraction) -> Number:
    return ctx.mpf(value.numerator) / value.denominator


def _power(ctx: Context, base: Number, exponent: Number) -> Number:
    if exponent == 0:
        return ctx.mpf(1)
    if base == 0:
        if ctx.re(exponent) <= 0:
            raise ZeroDivisionError
        return ctx.mpf(0)
    _small(ctx, exponent, 64)
    grown = abs(exponent) * max(1, abs(ctx.mag(base)))
    if grown > MOST_BITS and abs(base) != 1:
        raise Immense("a power in it is too large or too small")
    return base**exponent


def _small(ctx: Context, value: Number, bits: int) -> None:
    if value != 0 and ctx.mag(value) > bits:
        raise Immense("a value in it is too large")


def _real(ctx: Context, value: Number) -> Number:
    if isinstance(value, ctx.mpc):
        raise Undefined("it takes the order of complex numbers")
    return value


def _call(ctx: Context, name: str, of: list[Number]) -> Number:
    for value in of:
        # e^(2^17) has a size of 2^17 bits, and a sine of 2^900 needs 900 bits of pi.
        _small(ctx, value, 16 if name in _EXPONENTIAL else 1000)
    if name in ("max", "min"):
        return (max if name == "max" else min)(_real(ctx, value) for value in of)
    if name in _NAMED:
        return getattr(ctx, _NAMED[name])(*of)
    return _CALLS[name](ctx, *of)


def _cbrt(ctx: Context, x: Number) -> Number:
    size = ctx.cbrt(abs(_real(ctx, x)))
    return -size if x < 0 else size


def _sign(ctx: Context, x: Number) -> Number:
    return ctx.mpf((_real(ctx, x) > 0) - (x < 0))


def _log(ctx: Context, x: Number) -> Number:
    if x == 0:
        raise Undefined("it takes the logarithm of zero")
    return ctx.log(x)


def _sigmoid(ctx: Context, x: Number) -> Number:
    return 1 / (1 + ctx.exp(-x))


_PAIRS: dict[str, Callable[..., Number]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "neg": operator.neg,
}
_NAMED = {
    **{name: name for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "sqrt")},
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "sin'": "cos",
    "exp'": "exp",
}
"""Functions that the arithmetic has under this name."""

_CALLS: dict[str, Callable[..., Number]] = {
    "pow": _power,
    "log": _log,
    "log2": lambda ctx, x: _log(ctx, x) / ctx.log(2),
    "log10": lambda ctx, x: _log(ctx, x) / ctx.log(10),
    "cbrt": _cbrt,
    "abs": lambda _ctx, x: abs(x),
    "sign": _sign,
    "sigmoid": _sigmoid,
    "relu": lambda ctx, x: max(_real(ctx, x), ctx.mpf(0)),
    "softplus": lambda ctx, x: ctx.log(1 + ctx.exp(x)),
    "erf": lambda ctx, x: ctx.erf(_real(ctx, x)),
    "sigmoid'": lambda ctx, x: _sigmoid(ctx, x) * (1 - _sigmoid(ctx, x)),
    "tanh'": lambda ctx, x: 1 - ctx.tanh(x) ** 2,
    "cos'": lambda ctx, x: -ctx.sin(x),
    "log'": lambda _ctx, x: 1 / x,
    "relu'": lambda ctx, x: ctx.mpf(_real(ctx, x) > 0),
    "softplus'": _sigmoid,
}
_EXPONENTIAL = frozenset(
    ("exp", "sinh", "cosh", "tanh", "sigmoid", "softplus", "erf", "sigmoid'", "tanh'", "exp'")
)
