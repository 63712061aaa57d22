"""From tokens to nodes, by precedence; what two people would read differently is refused.

A node is a list: `["num", "0.25"]`, `["sym", name]`, `["const", "pi"]`, `["neg", i]`,
`["add"|"sub"|"mul"|"div"|"pow", i, j]` or `["call", function, i, ...]`, where i and j are places
of earlier nodes. The last node is the whole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .plain import Unreadable, plain
from .tokens import Token, tokens

MOST_CHARACTERS = 2000
MOST_NODES = 600
DEEPEST = 40
PRIMED = ("sigmoid", "tanh", "sin", "cos", "exp", "log", "relu", "softplus")
SEVERAL = {"max": (2, 8), "min": (2, 8), "pow": (2, 2)}

_CLOSER = {"(": ")", "[": "]", "{": "}", "|": "|"}
_LEFT_SIDE = re.compile(r"[^=()\[\]{}+*]{1,60}")
_GROUP = re.compile(r"\([^()\[\]{}]*\)|\[[^()\[\]{}]*\]|\{[^()\[\]{}]*\}")
_FACTORS = ("number", "symbol", "constant", "function", "fraction")

Node = list[str | int]


def read(text: str, spellings: Mapping[str, str]) -> list[Node]:
    """The nodes of a formula. `spellings` maps canonical names to symbols. Raises Unreadable."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"The formula is longer than {MOST_CHARACTERS} characters.")
    parser = _Parser(tokens(_right_side(plain(text)), spellings))
    parser.whole()
    return parser.nodes


def _right_side(text: str) -> str:
    """What stands after `Δw_{ij}^{(l)} =` or `f'(x) =`; a chain of equations has more formulas."""
    left, _, right = text.rpartition("=")
    if left.strip() and not _LEFT_SIDE.fullmatch(_without_groups(left).strip()):
        raise Unreadable("There is more than one formula: give the final one alone.")
    end = len(right)
    while end and (right[end - 1].isspace() or right[end - 1] in ".;,"):
        end -= 1
    return right[:end]


def _without_groups(text: str) -> str:
    """Arguments, indices and layers may hold anything: `f(x + 1)`, `w_{t+1}`, `w^{(l)}`."""
    outer = _GROUP.sub("", text)
    while outer != text:
        text, outer = outer, _GROUP.sub("", outer)
    return outer


@dataclass
class _Parser:
    tokens: list[Token]
    nodes: list[Node] = field(default_factory=list)
    at: int = 0
    depth: int = 0
    bars: int = 0

    def whole(self) -> None:
        """Parse all tokens. Raises Unreadable."""
        if self.now.kind == "end":
            raise Unreadable("There is no formula.")
        self._sum()
        if self.now.kind != "end":
            raise Unreadable(self._unexpected())

    @property
    def now(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.at]

    def _take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _is(self, *signs: str) -> bool:
        return self.now.kind == "sign" and self.now.text in signs

    def _shown(self) -> str:
        return "the end" if self.now.kind == "end" else f"`{self.now.text}`"

    def _unexpected(self) -> str:
        if self._is(","):
            return "A comma stands where none can: write 0.5, not 0,5."
        if self._is(")", "]", "}"):
            return f"This {self._shown()} closes nothing."
        return f"{self._shown()} stands where a number, a symbol or a bracket should."

    def _put(self, *node: str | int) -> int:
        if len(self.nodes) >= MOST_NODES:
            raise Unreadable(f"The formula has more than {MOST_NODES} parts.")
        self.nodes.append(list(node))
        return len(self.nodes) - 1

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable(f"Brackets or powers are nested more than {DEEPEST} deep.")

    def _sum(self) -> int:
        self._deeper()
        left = self._product()
        while self._is("+", "-"):
            operation = "add" if self._take().text == "+" else "sub"
            left = self._put(operation, left, self._product())
        self.depth -= 1
        return left

    def _product(self) -> int:
        left, divided = self._signed(), False
        while True:
            if self._is("*", "/"):
                divided = self._take().text == "/"
                left = self._put("div" if divided else "mul", left, self._signed())
            elif self._begins():
                if divided:
                    said = f"It is not clear whether {self._shown()} belongs below the fraction bar"
                    raise Unreadable(f"{said}. Use brackets: 1/(2*x), or (1/2)*x.")
                if self.now.kind == "number":
                    said = f"It is not clear what the {self._shown()} after a factor does"
                    raise Unreadable(f"{said}: write 2*x or x^2.")
                left = self._put("mul", left, self._power())
            else:
                return left

    def _begins(self) -> bool:
        """Does a factor begin here, so that a multiplication sign was left out?"""
        if self.now.kind == "sign":
            return self.now.text in "([{" or (self.now.text == "|" and not self.bars)
        return self.now.kind in _FACTORS

    def _signed(self) -> int:
        negative = False
        while self._is("+", "-"):
            negative ^= self._take().text == "-"
        value = self._power()
        return self._put("neg", value) if negative else value

    def _power(self) -> int:
        begins = self.now
        base = self._atom()
        return self._raised(base, begins) if self._is("^") else base

    def _raised(self, base: int, below: Token) -> int:
        self._take()
        first = self.now
        self._deeper()
        exponent = self._signed()
        self.depth -= 1
        # All read x^2y as x²·y; of e^2x and x^-2y they do not.
        bare = self.tokens[self.at - 1].kind == "number"
        odd = bare and (first.text in ("+", "-") or below.kind in ("constant", "number"))
        if odd and not self.now.spaced and self.now.kind in _FACTORS:
            said = f"It is not clear whether {self._shown()} belongs to the exponent"
            raise Unreadable(f"{said}. Use brackets: e^(2*x), or e^(2)*x.")
        return self._put("pow", base, exponent)

    def _atom(self) -> int:
        token = self.now
        if token.kind == "sign":
            return self._bracketed()
        if token.kind == "end":
            raise Unreadable("The formula breaks off: something is missing at its end.")
        self._take()
        if token.kind == "number":
            return self._number(token)
        if token.kind == "fraction":
            return self._put("div", self._argument(), self._argument())
        if token.kind == "function":
            return self._call(token)
        return self._put("sym" if token.kind == "symbol" else "const", token.text)

    def _number(self, token: Token) -> int:
        if self.now.kind == "number":
            raise Unreadable(f"Two numbers follow each other: `{token.text}`, {self._shown()}.")
        return self._put("num", token.text)

    def _bracketed(self) -> int:
        opener = self.now.text
        if opener not in _CLOSER:
            raise Unreadable(self._unexpected())
        self._take()
        outer, self.bars = self.bars, int(opener == "|")
        inner = self._sum()
        self.bars = outer
        self._close(opener)
        return self._put("call", "abs", inner) if opener == "|" else inner

    def _close(self, opener: str) -> None:
        if self.now.kind == "end":
            raise Unreadable(f"A `{opener}` is never closed by `{_CLOSER[opener]}`.")
        if not self._is(_CLOSER[opener]):
            raise Unreadable(self._unexpected())
        self._take()

    def _argument(self) -> int:
        r"""What a LaTeX command takes: a group, or one letter, or one digit of `\frac12`."""
        token = self.now
        if token.kind == "number" and token.text.isdigit() and len(token.text) > 1:
            self.tokens[self.at] = replace(token, text=token.text[1:], spaced=False)
            return self._put("num", token.text[0])
        if token.kind == "number":
            self._take()
            return self._put("num", token.text)
        self._deeper()
        value = self._atom()
        self.depth -= 1
        return value

    def _call(self, token: Token) -> int:
        name, exponent = token.text, None
        if self._is("'"):
            name = self._primed(name)
        if name == "sqrt" and self._is("["):
            return self._root()
        if self._is("^"):
            exponent = self._function_power(name)
        call = self._put("call", name, *self._arguments(name))
        if token.base:
            base = self._put("call", "log", self._put("num", token.base))
            call = self._put("div", call, base)
        return call if exponent is None else self._put("pow", call, exponent)

    def _primed(self, name: str) -> str:
        self._take()
        if name not in PRIMED or self._is("'"):
            raise Unreadable(f"Write the derivative of {name} out.")
        return f"{name}'"

    def _root(self) -> int:
        self._take()
        degree = self._sum()
        self._close("[")
        one = self._put("num", "1")
        value = self._argument()
        return self._put("pow", value, self._put("div", one, degree))

    def _function_power(self, name: str) -> int:
        self._take()
        self._deeper()
        exponent = self._signed()
        self.depth -= 1
        if self.nodes[exponent][0] == "neg":
            said = f"{name}^(-1) can mean the inverse function or 1/{name}(x)"
            raise Unreadable(f"{said}: write which, such as arcsin(x) or 1/sin(x).")
        return exponent

    def _arguments(self, name: str) -> list[int]:
        if self._is("(", "[", "{", "|"):
            return self._listed(name)
        if name in SEVERAL:
            raise Unreadable(f"Write the arguments of {name} in brackets: {name}(a, b).")
        return [self._bare(name)]

    def _listed(self, name: str) -> list[int]:
        if name not in SEVERAL:
            return [self._bracketed()]
        opener, least_most = self._take().text, SEVERAL[name]
        outer, self.bars = self.bars, 0
        found = [self._sum()]
        while self._is(","):
            self._take()
            found.append(self._sum())
        self.bars = outer
        self._close(opener)
        if not least_most[0] <= len(found) <= least_most[1]:
            raise Unreadable(f"{name} takes {least_most[0]} to {least_most[1]} arguments.")
        return found

    def _bare(self, name: str) -> int:
        r"""The argument of `\sin 2x` or `\ln\sin x`; more than that needs brackets."""
        negative = self._is("-") and bool(self._take())
        number = self._put("num", self._take().text) if self.now.kind == "number" else None
        if number is None or (self.now.kind in ("symbol", "constant") and name != "sqrt"):
            self._deeper()
            value = self._power()
            self.depth -= 1
            value = value if number is None else self._put("mul", number, value)
        else:
            value = number
        if self._begins() and self.now.kind not in ("function", "fraction"):
            said = f"It is not clear whether {self._shown()} belongs to the argument of {name}"
            raise Unreadable(f"{said}. Use brackets: {name}(x).")
        return self._put("neg", value) if negative else value
