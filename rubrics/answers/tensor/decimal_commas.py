"""Whether commas part the digits of a number: `0,4722 0,9642`. Then it is said, not guessed."""

import re

HINT = "Write 0.4722, not 0,4722, and a space after a comma between two numbers."

_PAIR = re.compile(r"(?<![0-9.])(?<![0-9],)[0-9]+,[0-9]+(?![0-9.]|,[0-9])")
_AFTER_COMMA_ZERO = re.compile(r"[0-9],0[0-9]")
_BRACKETS = re.compile(r"[\[\]()]")
_LOOSE = re.compile(r",(?=\s)|(?<=\s),")


def seems_decimal_commas(text: str, tokens: list[str], asked: int | None) -> bool:
    """If the commas of a cleaned text are decimal ones.

    Either as many numbers are then left as are `asked` for, or, if any number of them is
    taken (None), the commas without a space beside them cannot well part numbers.
    """
    pairs = len(_PAIR.findall(text))
    if not pairs:
        return False
    if _AFTER_COMMA_ZERO.search(text):
        return True
    if asked is None:
        return not any("." in token for token in tokens) and any(
            _mixed(piece.strip().strip(",").strip()) for piece in _BRACKETS.split(text)
        )
    return len(tokens) != asked and len(tokens) - pairs == asked


def _mixed(piece: str) -> bool:
    """`0,5 0,7` and `0,5, 0,7` use two separators; `1,2` may be a list, and `1, 2,3` is one."""
    if not _PAIR.search(piece) or _PAIR.fullmatch(piece):
        return False
    if not _LOOSE.search(piece):
        return True
    return all(_PAIR.search(one) for one in _LOOSE.split(piece))
