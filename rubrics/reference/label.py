"""Names for intermediate values, in the author's own words."""

import torch
from torch.overrides import handle_torch_function, has_torch_function_unary


def label(value: torch.Tensor, text: str) -> torch.Tensor:
    """Name `value`, such as "the exponent `4*x`", for the explanations that students read.

    Returns `value` itself: a label costs nothing and changes nothing. While a graph is recorded,
    the recorder's torch function mode sees the call.
    """
    if has_torch_function_unary(value):
        named: torch.Tensor = handle_torch_function(label, (value,), value, text)
        return named
    return value
