"""One number as people type it: `0.4722`, `-1e-8`, `1/3`, `2 - 3i`, `12 ms`; never evaluated."""

import re

from rubrics.answers.number.spec import NumberSpec
from rubrics.answers.raw import MalformedAnswer, ParsedAnswer, RawAnswer
from rubrics.answers.tensor.clean import GLUE, clean
from rubrics.answers.tensor.complex_number import read_complex
from rubrics.answers.tensor.number import Unreadable, read

MAX_CHARACTERS = 400

_COMMA = re.compile(r"[0-9],[0-9]")
_TRAILING_WORD = re.compile(r"(?P<number>.*?[0-9.)])\s*(?P<word>[^\W\d][^\d]{0,29}|[%°$€]+)")
_BRACKETS = re.compile(r"[\[({]\s*(.*?)\s*,?\s*[\])}]")


def parse(spec: NumberSpec, raw: RawAnswer, field: str = "answer") -> ParsedAnswer:
    """Read the number; `data` is {"number": its spelling, without spaces or unit}.

    Raises MalformedAnswer, saying what does not fit.
    """
    if raw.files:
        raise MalformedAnswer(field, "A file was sent for a typed number.", "Type the number.")
    shown = raw.text.strip()
    if len(shown) > MAX_CHARACTERS:
        message = f"The answer is longer than {MAX_CHARACTERS} characters."
        raise MalformedAnswer(field, message, "Give one number.")
    text = _unwrapped(clean(shown).replace(GLUE, " ").strip())
    if not text:
        raise MalformedAnswer(field, "The answer is empty.", "Give one number.")
    token = _number(spec, text, field)
    return ParsedAnswer(kind="number", text=shown, data={"number": token})


def _unwrapped(text: str) -> str:
    """Without the brackets of `tensor([0.5])`, and the comma of `0.5,`."""
    found = _BRACKETS.fullmatch(text)
    while found:
        text = found[1]
        found = _BRACKETS.fullmatch(text)
    return re.sub(r"(?<=\S)\s*,\Z", "", text)


def _number(spec: NumberSpec, text: str, field: str) -> str:
    bare = _without_unit(spec, text)
    token = re.sub(r"\s+", "", bare) if _one_piece(bare) else bare
    try:
        _read(spec, token)
    except Unreadable as fault:
        message = f"`{text[:40]}` cannot be read: {fault}."
        raise MalformedAnswer(field, message, _remedy(spec, text)) from None
    return token


def _one_piece(text: str) -> bool:
    """Spaces around a sign, a slash or a power belong to one number; between two numbers not."""
    return re.search(r"[0-9.ij]\s+[0-9.]", text, re.IGNORECASE) is None


def _without_unit(spec: NumberSpec, text: str) -> str:
    for unit in sorted(spec.units, key=len, reverse=True):
        if text.endswith(unit) and text != unit:
            return text[: -len(unit)].rstrip()
    return text


def _read(spec: NumberSpec, token: str) -> None:
    if spec.complex:
        read_complex(token)
    else:
        read(token)


def _remedy(spec: NumberSpec, text: str) -> str:
    if _COMMA.search(text):
        return "Write a decimal point, and no commas: 0.5, or 1000."
    found = _TRAILING_WORD.fullmatch(text)
    if found and found["word"].strip() in ("i", "j", "I", "J") and not spec.complex:
        return "Complex numbers are not asked for here: give a real number."
    if found and spec.units:
        return f"Give it in {spec.units[0]}, or without a unit."
    if found:
        return "Give the number alone, without a unit."
    example = "1.5 - 0.25i" if spec.complex else "0.4722, -1e-8 or 1/3"
    return f"Write one number, such as {example}."
