"""Operations that compute nothing: they carry words through a trace."""

import torch

_LIBRARY = torch.library.Library("xgrad", "DEF")  # type: ignore[no-untyped-call]
for _name in ("label", "part"):
    _LIBRARY.define(f"{_name}(Tensor x, str text) -> Tensor")  # type: ignore[no-untyped-call]
    # Only ever traced, and skipped when the graph is replayed.
    _LIBRARY.impl(  # type: ignore[no-untyped-call]
        _name,
        lambda x, text: x.clone(),  # noqa: ARG005
        "CompositeExplicitAutograd",
    )

LABEL = torch.ops.xgrad.label.default
PART = torch.ops.xgrad.part.default


def mark_label(value: torch.Tensor, text: str) -> torch.Tensor:
    """Note the author's name for `value`."""
    marked: torch.Tensor = LABEL(value, text)
    return marked


def mark_part(value: torch.Tensor, text: str) -> torch.Tensor:
    """Note what `value` stands for within a fused operation, such as "the variance"."""
    marked: torch.Tensor = PART(value, text)
    return marked
