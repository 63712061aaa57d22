"""Typed or pasted numbers, read without evaluating anything."""

import re
from typing import Literal

from rubrics.answers.raw import MalformedAnswer, ParsedAnswer
from rubrics.answers.tensor.clean import GLUE, clean
from rubrics.answers.tensor.complex_number import read_complex
from rubrics.answers.tensor.decimal_commas import HINT, seems_decimal_commas
from rubrics.answers.tensor.nest import Tangled, Token, Tree, nest
from rubrics.answers.tensor.number import Unreadable, read
from rubrics.answers.tensor.spec import MOST_TYPED, TensorSpec

MAX_CHARACTERS = 400_000

_COMPLEX = re.compile(r"[+-]?[0-9.e+-]*[0-9][ij]|[ij]", re.IGNORECASE)
# numpy pads the parts of complex numbers: `[1. +2.j 3.5-4.j]` are two.
_BETWEEN_PARTS = re.compile(
    rf"(?<=[0-9.fn∞])[ ]{{0,400}}[+-][ ]{{0,400}}"
    rf"(?=(?:[0-9.]{{1,40}}(?:e[+-]?[0-9]{{1,6}})?{GLUE}{{0,8}}(?:/{GLUE}{{0,8}}[0-9.]{{1,40}})?"
    rf"|nan|inf)?\*?[ij](?![a-z]))",
    re.IGNORECASE,
)


def parse_typed(
    spec: TensorSpec,
    typed: str,
    field: str,
    most_characters: int = MAX_CHARACTERS,
    most_numbers: int = MOST_TYPED,
) -> ParsedAnswer:
    """`data` is {"shape": [...], "numbers": [spelling, ...]}, row-major. Raises MalformedAnswer."""
    if len(typed) > most_characters:
        message = f"The answer is longer than {most_characters} characters."
        raise MalformedAnswer(field, message, f"Give {_asked(spec)} only.")
    text = clean(typed)
    _refuse_many(spec, text, most_numbers, field)
    tree = _tree(spec, text, field)
    tokens = _flat(tree)
    if seems_decimal_commas(text, [token.text for token in tokens], spec.numel):
        message = "It seems to be written with decimal commas."
        raise MalformedAnswer(field, message, HINT)
    _refuse_unreadable(spec, text, tokens, field)
    shape = _shape_of(spec, tree, len(tokens), field)
    return ParsedAnswer(
        kind="tensor",
        text=typed.strip(),
        data={"shape": list(shape), "numbers": [token.text for token in tokens]},
    )


def _refuse_many(spec: TensorSpec, text: str, most: int, field: str) -> None:
    """Before much work is done; `1 + 2 i` has four words."""
    most = max(most, spec.numel or 0)
    if max(text.count(","), len(text.split()) // 4) > most:
        remedy = f"Give {_asked(spec) if spec.numel else f'at most {most}'}."
        raise MalformedAnswer(field, f"More than {most} numbers were given.", remedy)


def _tree(spec: TensorSpec, text: str, field: str) -> Tree:
    by_line = spec.shape == "any"
    try:
        tree = nest(_paired(text) if spec.complex else text, by_line)
        if spec.complex and spec.numel not in (None, len(_flat(tree))):
            # `[1 -2j]` may also be two numbers, if two are asked for.
            apart = nest(text, by_line)
            return apart if len(_flat(apart)) == spec.numel else tree
    except Tangled as fault:
        message = f"At {_place(text, fault.at)}: {fault}."
        raise MalformedAnswer(field, message, "Write the numbers like [0.5, 1.25, -3].") from None
    return tree


def _paired(text: str) -> str:
    return _BETWEEN_PARTS.sub(lambda found: found[0].replace(" ", GLUE), text)


def _flat(tree: Tree) -> list[Token]:
    if isinstance(tree, Token):
        return [tree]
    return [token for item in tree for token in _flat(item)]


def _refuse_unreadable(spec: TensorSpec, text: str, tokens: list[Token], field: str) -> None:
    for token in tokens:
        try:
            read_complex(token.text) if spec.complex else read(token.text)
        except Unreadable as fault:
            shown = token.text if len(token.text) <= 24 else token.text[:24] + "…"
            message = f"`{shown}` at {_place(text, token.at)} cannot be read: {fault}."
            raise MalformedAnswer(field, message, _remedy(token.text)) from None


def _remedy(token: str) -> str:
    if token in ("...", "…"):
        return "The print was shortened: give every number."
    if _COMPLEX.fullmatch(token):
        return "Complex numbers are not asked for here: give real numbers."
    return "Write numbers like 0.4722, -1e-8 or 1/3."


def _shape_of(spec: TensorSpec, tree: Tree, count: int, field: str) -> tuple[int, ...]:
    """The shape asked for, if the numbers fit it; flat lists do, and sizes of 1 do not matter."""
    if not count:
        raise MalformedAnswer(field, "The answer is empty.", f"Give {_asked(spec)}.")
    if spec.shape == "any":
        return _shape(tree, field)
    if count != spec.numel:
        message = f"{_numbers(count)} could be read, {spec.numel} {_are(spec)} for."
        raise MalformedAnswer(field, message, f"Give {_asked(spec)}.")
    given = _squeezed(_shape(tree, field))
    if len(given) > 1 and given != _squeezed(spec.shape):
        message = f"The numbers form {by(_shape(tree, field))}, {by(spec.shape)} is asked for."
        raise MalformedAnswer(field, message, "Check rows and columns.")
    return spec.shape


def _shape(tree: Tree, field: str) -> tuple[int, ...]:
    if isinstance(tree, Token):
        return ()
    inner = {_shape(item, field) for item in tree}
    if len(inner) > 1:
        message = "The rows differ in length, or numbers and brackets are mixed."
        raise MalformedAnswer(field, message, "Give every row the same number of entries.")
    return (len(tree), *(inner.pop() if inner else ()))


def _squeezed(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(size for size in shape if size != 1)


def _numbers(count: int) -> str:
    return "1 number" if count == 1 else f"{count} numbers"


def _are(spec: TensorSpec) -> str:
    return "is asked" if spec.numel == 1 else "are asked"


def by(shape: tuple[int, ...] | Literal["any"]) -> str:
    """A shape for a student."""
    return "any shape" if shape == "any" else " × ".join(map(str, shape)) or "a single number"


def _asked(spec: TensorSpec) -> str:
    if spec.shape == "any" or spec.numel is None:
        return "numbers"
    form = f" in the shape {by(spec.shape)}" if len(spec.shape) > 1 else ""
    return _numbers(spec.numel) + form


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    character = at - (text.rfind("\n", 0, at) + 1) + 1
    return f"character {character}" + (f" of line {line}" if line > 1 else "")
