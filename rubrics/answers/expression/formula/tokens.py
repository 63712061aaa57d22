"""A formula's text cut into numbers, names and signs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from .plain import Unreadable, plain

LONGEST_NUMBER = 30

_FUNCTIONS = (
    "sin cos tan sinh cosh tanh exp log log2 log10 sqrt cbrt abs sign sigmoid relu softplus"
    " arcsin arccos arctan erf max min pow"
)
FUNCTIONS = {
    **{name: name for name in _FUNCTIONS.split()},
    "ln": "log",
    "sgn": "sign",
    "sigma": "sigmoid",
    "logistic": "sigmoid",
    "expit": "sigmoid",
    "ReLU": "relu",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
}
CONSTANTS = ("pi", "e")

_SAME_NAME = {"varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho"}
_COMMANDS = {
    **dict.fromkeys(("cdot", "times", "ast"), ("sign", "*")),
    **dict.fromkeys(("vert", "lvert", "rvert", "mid"), ("sign", "|")),
    **dict.fromkeys(("frac", "dfrac", "tfrac"), ("fraction", "frac")),
    "div": ("sign", "/"),
    "lbrace": ("sign", "("),
    "rbrace": ("sign", ")"),
    "half": ("number", "0.5"),
    "quarter": ("number", "0.25"),
}
_SIGNS = {"**": "^", "\\{": "(", "\\}": ")", "\\|": "|"}
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3}(?![0-9.]))?)"
    r"|(?P<name>\\[A-Za-z]{1,40}|[A-Za-z]{1,40}[0-9]{0,6})"
    r"(?:\s*_\s*(?:\{(?P<braced>[A-Za-z0-9\\, ]{1,40})\}|(?P<low>[A-Za-z0-9]{1,40})))?"
    r"|(?P<sign>\*\*|\\[{}|]|[-+*/^()\[\]{}|,'])"
)
_Part = tuple[str, str]


@dataclass(frozen=True)
class Token:
    """`kind` is number, symbol, constant, function, fraction, sign or end.

    `spaced` tells whether a space stands before it, `base` is that of a logarithm.
    """

    kind: str
    text: str
    spaced: bool = False
    base: str = ""


def canonical(name: str) -> str:
    r"""One spelling for `η`, `\eta` and `eta`, for `x_i` and `x_{i}`. Raises Unreadable."""
    found = _TOKEN.fullmatch(plain(name).strip())
    if found is None or not found["name"]:
        raise Unreadable(f"`{name}` is no name of a symbol, such as eta, x_i or w_{{ji}}")
    return _joined(found["name"], found["braced"] or found["low"] or "")


def tokens(text: str, spellings: Mapping[str, str]) -> list[Token]:
    """Cut a text that is `plain` already. Raises Unreadable."""
    names, found, at = _Names(spellings), list[Token](), 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unreadable(f"`{text[at]}` has no meaning here.")
        spaced = at > 0 and text[at - 1].isspace()
        read, at = names.read(match) if match["name"] else ([_simple(match)], match.end())
        found += [replace(read[0], spaced=spaced), *read[1:]]
    return [*found, Token("end", "the end")]


def _simple(match: re.Match[str]) -> Token:
    if not match["number"]:
        return Token("sign", _SIGNS.get(match["sign"], match["sign"]))
    if len(match["number"]) > LONGEST_NUMBER:
        raise Unreadable(f"A number has more than {LONGEST_NUMBER} characters.")
    return Token("number", match["number"])


def _joined(name: str, low: str) -> str:
    name = name.removeprefix("\\")
    low = re.sub(r"[\\, ]", "", low)
    return _SAME_NAME.get(name, name) + (f"_{low}" if low else "")


class _Names:
    """Which names there are, and how letters written together come apart into them."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._spellings = spellings
        self._lows = {spelling.partition("_")[2] for spelling in spellings}

    def read(self, match: re.Match[str]) -> tuple[list[Token], int]:
        """The tokens that a name spells, and where the text goes on. Raises Unreadable.

        In `o_jx_i` the subscript is `j`: the longest that makes a known name is taken.
        """
        name, braced, low = match["name"], match["braced"], match["low"]
        for cut in self._cuts(low) if low else (0,):
            parts = self._parts(name, braced or (low or "")[:cut])
            if parts:
                end = match.start("low") + cut if low else match.end()
                return [self._token(*part) for part in parts], end
        raise Unreadable(self._unknown(_joined(name, braced or low or "")))

    def _cuts(self, low: str) -> Iterator[int]:
        """Lengths of a subscript that some name has, or a logarithm; the longest first."""
        cuts = range(len(low), 0, -1)
        return (cut for cut in cuts if low[:cut] in self._lows or low[:cut].isdigit())

    def _parts(self, name: str, low: str) -> list[_Part]:
        """The name as a whole if it is one, else cut into names; empty if it cannot be."""
        for start in range(1 if name.startswith("\\") else len(name)):
            if not self._known(name[start:], low):  # asked first: the web reads hostile texts too
                continue
            before = self._apart(name[:start])
            if before is not None:
                return [*before, (name[start:], low)]
        return []

    def _apart(self, run: str) -> list[_Part] | None:
        """Letters written together as names of one factor each, the longest first."""
        rest: dict[int, list[_Part]] = {len(run): []}
        for at in range(len(run) - 1, -1, -1):
            for end in range(len(run), at, -1):
                if end in rest and (run[at:end] in self._spellings or run[at:end] in CONSTANTS):
                    rest[at] = [(run[at:end], ""), *rest[end]]
                    break
        return rest.get(0)

    def _known(self, name: str, low: str) -> bool:
        bare = _joined(name, "")
        if _joined(name, low) in self._spellings:
            return True
        if low:
            return FUNCTIONS.get(bare) == "log" and low.strip().isdigit()
        command = name.startswith("\\") and bare in _COMMANDS
        return command or bare in CONSTANTS or bare in FUNCTIONS

    def _token(self, name: str, low: str) -> Token:
        whole, bare = _joined(name, low), _joined(name, "")
        if whole in self._spellings:
            return Token("symbol", self._spellings[whole])
        if name.startswith("\\") and bare in _COMMANDS:
            return Token(*_COMMANDS[bare])
        if bare in CONSTANTS:
            return Token("constant", bare)
        return Token("function", FUNCTIONS[bare], base=low.strip())

    def _unknown(self, name: str) -> str:
        known = ", ".join(dict.fromkeys(self._spellings.values())) or "none"
        said = f"`{name[:40]}` is not a symbol of this question; its symbols are {known}."
        digit = re.fullmatch(r"[A-Za-z]+[0-9]+", name)
        return said + (" For a power write x^2, for a product 2*x." if digit else "")
