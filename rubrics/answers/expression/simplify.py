"""Is the difference of two formulas zero by algebra? Asked only where numbers did not decide."""

import contextlib
import importlib
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from types import FrameType
from typing import Any

from rubrics.answers.expression.nodes import Formula, Node
from rubrics.answers.expression.spec import Symbol

SECONDS = 2.0
MOST_POWER = 100


class _TooLong(BaseException):
    """Not an Exception: sympy catches those on its way."""


class _TooLarge(ValueError):
    pass


def difference_is_zero(one: Formula, other: Formula, symbols: Sequence[Symbol]) -> bool | None:
    """True or False if simplification says so in time, else None."""
    if threading.current_thread() is not threading.main_thread():
        return None  # only the main thread can be interrupted
    try:
        with _time_limit(SECONDS):
            import sympy

            named = {symbol.name: _symbol(sympy, symbol) for symbol in symbols}
            difference = _algebra(sympy, one, named) - _algebra(sympy, other, named)
            simple = sympy.simplify(difference)
            return False if simple.is_nonzero else True if simple == 0 else None
    except (_TooLong, Exception):  # whatever goes wrong in sympy proves nothing
        return None


def import_algebra() -> None:
    """Import sympy, which takes a second, before anybody waits for it."""
    importlib.import_module("sympy")


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, left)


def _symbol(sympy: Any, symbol: Symbol) -> Any:
    assumed: dict[str, bool] = {"real": True}
    if symbol.domain == "integer":
        assumed = {"integer": True}
    if symbol.range[0] > 0 or symbol.domain in ("positive", "unit"):
        assumed["positive"] = True
    elif symbol.domain == "nonzero":
        assumed["nonzero"] = True
    return sympy.Symbol(symbol.name, **assumed)


def _algebra(sympy: Any, whole: Formula, named: dict[str, Any]) -> Any:
    found: list[Any] = []
    for node in whole:
        found.append(_node(sympy, node, [found[at] for at in node.of], named))
    return found[-1]


def _node(sympy: Any, node: Node, of: list[Any], named: dict[str, Any]) -> Any:
    if node.operation == "num":
        return sympy.Rational(node.name)
    if node.operation == "sym":
        return named[node.name]
    if node.operation == "const":
        return sympy.pi if node.name == "pi" else sympy.E
    if node.operation == "call":
        return _call(sympy, node.name, of)
    if node.operation == "pow":
        return _power(of[0], of[1])
    return _PLAIN[node.operation](*of)


_PLAIN: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
}


def _power(base: Any, exponent: Any) -> Any:
    # 9^9^9 would be written out in full.
    if exponent.is_number and abs(exponent.evalf(5)) > MOST_POWER:
        raise _TooLarge
    return base**exponent


def _call(sympy: Any, name: str, of: list[Any]) -> Any:
    x = of[0]
    if name == "pow":
        return _power(*of)
    if name in ("sigmoid", "softplus'"):
        return 1 / (1 + sympy.exp(-x))
    table: dict[str, Callable[[], Any]] = {
        "log2": lambda: sympy.log(x) / sympy.log(2),
        "log10": lambda: sympy.log(x) / sympy.log(10),
        "cbrt": lambda: sympy.sign(x) * sympy.Abs(x) ** sympy.Rational(1, 3),
        "relu": lambda: sympy.Max(0, x),
        "relu'": lambda: sympy.Heaviside(x, 0),
        "softplus": lambda: sympy.log(1 + sympy.exp(x)),
        "sigmoid'": lambda: sympy.exp(-x) / (1 + sympy.exp(-x)) ** 2,
        "tanh'": lambda: 1 - sympy.tanh(x) ** 2,
        "sin'": lambda: sympy.cos(x),
        "cos'": lambda: -sympy.sin(x),
        "exp'": lambda: sympy.exp(x),
        "log'": lambda: 1 / x,
    }
    if name in table:
        return table[name]()
    names = {"abs": "Abs", "max": "Max", "min": "Min", "arcsin": "asin"}
    names |= {"arccos": "acos", "arctan": "atan"}
    return getattr(sympy, names.get(name, name))(*of)
