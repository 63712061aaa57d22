"""Which words belong to which operation: the author's label, else the very expression.

A torch function mode sees each call of the author's code as it is made, so the sub-expression in
their source (`4 * x`) is known exactly, even for two operations of one line.
"""

import linecache
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from rubrics.reference.label import label

LONGEST = 48

_ASSIGNED = re.compile(r"\s*([A-Za-z_]\w*)\s*(?::[^=]*)?=\s*")

_NOT_THE_AUTHORS = (
    str(Path(torch.__file__).parent),
    str(Path(__file__).parent),
    str(Path(label.__code__.co_filename).parent),
)

_AROUND = str(Path(__file__).parent.parent / "checks")
"""What a check puts around an author's function has no words of theirs."""


@dataclass(frozen=True)
class Step:
    """One operation in words.

    `op` is torch's name for it, `source` the author's expression, `part` what it stands for
    within a fused operation (`the variance`); `fused` if that expression is several operations.
    """

    op: str
    label: str | None = None
    source: str | None = None
    part: str | None = None
    fused: bool = False

    def named(self, text: str) -> "Step":
        """The same step, labelled."""
        return replace(self, label=text)

    def standing_for(self, text: str) -> "Step":
        """The same step, as a part of a fused operation."""
        return replace(self, part=text)


class Watch(TorchFunctionMode):
    """Calls `before` and `after` around each torch function, with the author's expression.

    A function that is a key of `instead` is not called itself.
    """

    def __init__(
        self,
        after: Callable[[object, Any, Any, str | None], None],
        on_label: Callable[[torch.Tensor, str], torch.Tensor],
        before: Callable[[], None] = lambda: None,
        instead: Mapping[Callable[..., Any], Callable[..., Any]] = MappingProxyType({}),
    ) -> None:
        super().__init__()
        self._instead = instead
        self._before = before
        self._after = after
        self._on_label = on_label

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """Torch calls this for every function of its own, and for `label`."""
        if func is label:
            return self._on_label(*args, **(kwargs or {}))
        self._before()
        result = self._instead.get(func, func)(*args, **(kwargs or {}))
        self._after(func, (args, kwargs), result, expression(sys._getframe(1)))
        return result


def expression(frame: FrameType | None) -> str | None:
    """The sub-expression that the author's innermost frame is at, in one short line.

    Where it is all that a name is given, the name is part of it: `z = w @ x`.
    """
    while frame is not None and frame.f_code.co_filename.startswith(_NOT_THE_AUTHORS):
        frame = frame.f_back
    if frame is None or frame.f_code.co_filename.startswith(_AROUND):
        return None
    first, last, start, end = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    if first is None or last is None or start is None or end is None:
        return None
    lines = [linecache.getline(frame.f_code.co_filename, at) for at in range(first, last + 1)]
    # Columns count UTF-8 bytes, and the end must be cut before the start moves it.
    encoded = [line.encode() for line in lines]
    after, encoded[-1] = encoded[-1][end:], encoded[-1][:end]
    before, encoded[0] = encoded[0][:start], encoded[0][start:]
    text = " ".join(b" ".join(encoded).decode(errors="replace").split())
    name = _ASSIGNED.fullmatch(before.decode(errors="replace"))
    if name and not after.strip() and len(text) + len(name[1]) + 3 <= LONGEST:
        return f"{name[1]} = {text}"
    if len(text) > LONGEST:
        head, bracket, _ = text.partition("(")
        text = f"{head}(…)" if bracket and head.replace(".", "").isidentifier() else ""
    return text if 0 < len(text) <= LONGEST else None
