"""Fused operations taken apart, so that each path inside them is an edge of its own.

Stock tables leave softmax, log_softmax and layer_norm whole, and end var_mean in prims that have
no autograd formula. Softmax and its kin are written as textbooks write them, without the shift by
the maximum: the shift is neutral to the gradient, but not to a slip beside it, and no student
differentiates it by hand. Should that overflow, the replay differs from eager and is not used.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import torch
from torch._decomp import get_decompositions
from torch.nn import functional

from rubrics.diagnose.marks import mark_part

aten = torch.ops.aten
Tensor = torch.Tensor


def softmax(x: Tensor, dim: int, half_to_float: bool = False) -> Tensor:  # noqa: ARG001
    """exp(x) / Σ exp(x)."""
    raised = torch.exp(x)
    return raised / _total(raised, [dim], keepdim=True)


def log_softmax(x: Tensor, dim: int, half_to_float: bool = False) -> Tensor:  # noqa: ARG001
    """x − log Σ exp(x)."""
    logarithm = torch.log(_total(torch.exp(x), [dim], keepdim=True))
    return x - mark_part(logarithm, "the log of the sum of exponentials")


def logsumexp(x: Tensor, dim: Sequence[int], keepdim: bool = False) -> Tensor:
    """log Σ exp(x)."""
    return torch.log(_total(torch.exp(x), dim, keepdim))


def mean(x: Tensor, dtype: torch.dtype | None = None) -> Tensor:  # noqa: ARG001
    """Sum over all, divided by their number."""
    return torch.sum(x) / x.numel()


def mean_dim(
    x: Tensor,
    dim: Sequence[int] | None = None,
    keepdim: bool = False,
    dtype: torch.dtype | None = None,  # noqa: ARG001
) -> Tensor:
    """Sum over `dim`, divided by the number of entries there."""
    dims = _dims(x, dim)
    return torch.sum(x, dims, keepdim) / _count(x, dims)


def var(
    x: Tensor,
    dim: Sequence[int] | None = None,
    *,
    correction: float | None = 1,
    keepdim: bool = False,
) -> Tensor:
    """Mean squared distance from the mean."""
    return var_mean(x, dim, correction=correction, keepdim=keepdim)[0]


def var_mean(
    x: Tensor,
    dim: Sequence[int] | None = None,
    *,
    correction: float | None = 1,
    keepdim: bool = False,
) -> tuple[Tensor, Tensor]:
    """Variance and mean over `dim`."""
    dims = _dims(x, dim)
    centre = mark_part(torch.sum(x, dims, True) / _count(x, dims), "the mean")
    degrees = _count(x, dims) - (1 if correction is None else correction)
    spread = torch.sum((x - centre) ** 2, dims, keepdim) / degrees
    return mark_part(spread, "the variance"), centre if keepdim else _squeeze(centre, dims)


def copy(target: Tensor, source: Tensor, non_blocking: bool = False) -> Tensor:  # noqa: ARG001
    """What an in-place copy leaves in its target."""
    return source.to(target.dtype).expand(target.shape).clone()


def attention(  # noqa: PLR0917 - torch's own signature
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
    **more: Any,
) -> Tensor:
    """softmax(q kᵀ / √d) v.

    Torch scales q and k by a fourth root each; a student scales their product, or forgets to.
    """
    if dropout_p or more.get("enable_gqa"):
        return functional.scaled_dot_product_attention(
            query, key, value, attn_mask, dropout_p, is_causal, scale=scale, **more
        )
    factor = query.shape[-1] ** -0.5 if scale is None else scale
    scores = mark_part(query @ key.mT, "the product of queries and keys") * factor
    scores = mark_part(scores, "the scaled scores")
    if is_causal:
        allowed = torch.ones_like(scores, dtype=torch.bool).tril()
        scores = scores.masked_fill(~allowed, -torch.inf)
    if attn_mask is not None:
        masked = attn_mask.dtype == torch.bool
        scores = scores.masked_fill(~attn_mask, -torch.inf) if masked else scores + attn_mask
    return torch.softmax(scores, -1) @ value


FUNCTIONS: dict[Callable[..., Any], Callable[..., Any]] = {
    functional.scaled_dot_product_attention: attention,
}
"""What dispatch takes apart before a decomposition table is asked, and otherwise than people do."""


@cache
def table() -> dict[Any, Callable[..., Any]]:
    """Operation to decomposition, for make_fx."""
    stock: dict[Any, Callable[..., Any]] = dict(get_decompositions(_STOCK))
    return stock | {
        aten._softmax.default: softmax,
        aten._safe_softmax.default: lambda x, dim, dtype=None: softmax(x, dim),  # noqa: ARG005
        aten._log_softmax.default: log_softmax,
        aten.logsumexp.default: logsumexp,
        aten.mean.default: mean,
        aten.mean.dim: mean_dim,
        aten.var.correction: var,
        aten.var_mean.correction: var_mean,
        aten.copy.default: copy,
    }


_STOCK = [
    aten.nll_loss_forward,
    aten.native_layer_norm,
    aten.native_group_norm,
    aten._native_batch_norm_legit,
    aten._native_batch_norm_legit_functional,
    aten._native_batch_norm_legit_no_training,
    aten.native_batch_norm,
    aten.addmm,
    aten.baddbmm,
    aten.mse_loss,
    aten.l1_loss,
    aten.smooth_l1_loss,
    aten.huber_loss,
    aten.binary_cross_entropy,
    aten.binary_cross_entropy_with_logits,
    aten.silu,
    aten.log_sigmoid_forward,
    aten.select_scatter,
    aten.slice_scatter,
]


def _total(raised: Tensor, dim: Sequence[int], keepdim: bool) -> Tensor:
    return mark_part(torch.sum(raised, list(dim), keepdim), "the sum of exponentials")


def _dims(x: Tensor, dim: Sequence[int] | None) -> list[int]:
    return list(dim) if dim else list(range(x.dim()))


def _count(x: Tensor, dims: Sequence[int]) -> int:
    count = 1
    for dim in dims:
        count *= x.shape[dim]
    return count


def _squeeze(x: Tensor, dims: Sequence[int]) -> Tensor:
    for dim in sorted((dim % x.dim() for dim in dims), reverse=True):
        x = x.squeeze(dim)
    return x
