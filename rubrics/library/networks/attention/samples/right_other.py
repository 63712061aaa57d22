"""Attention by einsum, with a softmax of its own."""
import torch
from torch import Tensor


def causal_mask(n: int) -> Tensor:
    place = torch.arange(n)
    return place[None, :] <= place[:, None]


def masked_softmax(scores: Tensor, mask: Tensor) -> Tensor:
    lowest = torch.finfo(scores.dtype).min
    top = torch.where(mask, scores, lowest).amax(dim=-1, keepdim=True).detach()
    top = torch.where(top == lowest, torch.zeros_like(top), top)
    raised = torch.where(mask, scores - top, torch.zeros_like(scores)).exp() * mask
    total = raised.sum(dim=-1, keepdim=True)
    return raised / torch.where(total == 0, torch.ones_like(total), total)


def attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None):
    if mask is None:
        mask = torch.ones((), dtype=torch.bool)
    scores = torch.einsum("...nd,...md->...nm", q * q.size(-1) ** -0.5, k)
    weights = masked_softmax(scores, mask)
    return torch.einsum("...nm,...me->...ne", weights, v), weights


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask=None):
    q = torch.stack((x @ Wq).chunk(heads, dim=-1), dim=1)
    k = torch.stack((x @ Wk).chunk(heads, dim=-1), dim=1)
    v = torch.stack((x @ Wv).chunk(heads, dim=-1), dim=1)
    output = attention(q, k, v, mask)[0]
    return torch.cat(output.unbind(dim=1), dim=-1).matmul(Wo)
