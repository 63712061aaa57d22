"""A case in a few words for a student: shapes and dtypes, never a value."""

from typing import Any

import torch

from rubrics.reference.cases import Case

MOST = 3


def describe(case: Case) -> str:
    """Such as "a 2×3 float32 input", by the tensors among the arguments."""
    found = [_input(one) for one in _tensors([*case.args, *case.kwargs.values()])]
    if not found:
        return "a drawn case" if case.program or not case.args else "plain Python arguments"
    shown = " and ".join(found[:MOST])
    return shown if len(found) <= MOST else f"{shown} and {len(found) - MOST} more"


def _tensors(values: Any) -> list[torch.Tensor]:
    if isinstance(values, torch.Tensor):
        return [values]
    if type(values).__module__ == "numpy":
        return [torch.as_tensor(values)]
    if isinstance(values, dict):
        values = list(values.values())
    if isinstance(values, list | tuple):
        return [found for one in values for found in _tensors(one)]
    return []


def _input(tensor: torch.Tensor) -> str:
    dtype = str(tensor.dtype).removeprefix("torch.")
    layout = "" if tensor.is_contiguous() else "non-contiguous "
    if not tensor.dim():
        return f"a 0-d {dtype} input"
    size = "×".join(map(str, tensor.shape)) if tensor.dim() > 1 else f"{len(tensor)}-element"
    return (
        f"an empty {size} {dtype} input"
        if not tensor.numel()
        else f"a {layout}{size} {dtype} input"
    )
