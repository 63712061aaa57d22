"""Attention with masks and several heads, and the hidden cases."""

import math
from collections.abc import Iterator

import torch

from rubrics.reference import Case, Draw, case

Mask = torch.Tensor | None


def causal_mask(n: int) -> torch.Tensor:
    """True where the column is not after the row; bool, shape (n, n)."""
    return torch.ones(n, n, dtype=torch.bool).tril()


def attention(
    q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, mask: Mask = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Output (…, n, e) and weights (…, n, m); zeros where nothing may be looked at."""
    scores = q @ k.mT / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e30)
    weights = scores.softmax(dim=-1)
    if mask is not None:
        weights = weights * mask
    return weights @ v, weights


def multi_head(
    x: torch.Tensor,
    Wq: torch.Tensor,
    Wk: torch.Tensor,
    Wv: torch.Tensor,
    Wo: torch.Tensor,
    heads: int,
    mask: Mask = None,
) -> torch.Tensor:
    """Self-attention with several heads; x and the output have shape (b, n, d)."""
    q, k, v = (_split(x @ W, heads) for W in (Wq, Wk, Wv))
    output, _ = attention(q, k, v, mask)
    return output.transpose(1, 2).flatten(2) @ Wo


def _split(x: torch.Tensor, heads: int) -> torch.Tensor:
    return x.reshape(*x.shape[:2], heads, -1).transpose(1, 2)


def chunked_attention(
    q: torch.Tensor,
    k: torch.Tensor,
    v: torch.Tensor,
    chunk: int,  # noqa: ARG001 - what is right does not depend on it
) -> torch.Tensor:
    """The output alone, shape (n, e)."""
    return attention(q, k, v)[0]


def over_keys(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, chunk: int) -> torch.Tensor:
    """The same, chunk by chunk of the keys: sums are kept relative to the maximum so far."""
    top = q.new_full((len(q), 1), -math.inf)
    total, output = q.new_zeros(len(q), 1), q.new_zeros(len(q), v.shape[1])
    for at in range(0, len(k), chunk):
        scores = q @ k[at : at + chunk].T / math.sqrt(q.shape[1])
        above = torch.maximum(top, scores.amax(dim=1, keepdim=True))
        weights, kept = (scores - above).exp(), (top - above).exp()
        total = total * kept + weights.sum(dim=1, keepdim=True)
        output = output * kept + weights @ v[at : at + chunk]
        top = above
    return output / total


def mask_cases(draw: Draw) -> Iterator[Case]:
    """None, one, then more."""
    for n in (0, 1, 2, draw.integer(3, 9)):
        yield case(n).named(f"n = {n}")


def attention_cases(draw: Draw) -> Iterator[Case]:
    """Ten cases, five of them with a mask."""
    yield case(*_qkv(draw, 3, 5, 4, 2)).named("no mask, 3 queries and 5 keys")
    yield case(*_qkv(draw, 5, 5, 3, 3), causal_mask(5)).named("a causal mask")
    yield _looks_at_nothing(draw)
    yield _large_scores(draw)
    yield case(*_qkv(draw, 3, 1, 4, 2)).named("a single key")
    yield _batch(draw)
    yield case(*_qkv(draw, 4, 3, 5, 2, dtype=torch.float64)).named("float64")
    yield _columns_first(draw)
    for _ in range(2):
        yield _some(draw)


def smooth_cases(draw: Draw) -> Iterator[Case]:
    """Five cases for derivatives."""
    yield case(*_qkv(draw, 3, 5, 4, 2)).named("no mask")
    yield case(*_qkv(draw, 4, 4, 3, 3), causal_mask(4)).named("a causal mask")
    yield _looks_at_nothing(draw)
    yield _batch(draw)
    yield _some(draw)


def heads_cases(draw: Draw) -> Iterator[Case]:
    """Six cases: one head, heads of one column, then two or more."""
    yield _heads(draw, 2, 4, 6, 1).named("one head")
    yield _heads(draw, 2, 4, 3, 3).named("as many heads as columns")
    yield _heads(draw, 2, 5, 8, 2, causal_mask(5)).named("two heads and a causal mask")
    yield _heads(draw, 1, 3, 6, 3).named("a single example, three heads")
    yield _heads(draw, 2, 4, 6, 2, causal_mask(4), torch.float64).named("float64, a causal mask")
    yield _heads(draw, 3, draw.integer(4, 7), 8, 4).named("four heads")


def chunk_cases(draw: Draw) -> Iterator[Case]:
    """Chunks that divide both sides, that divide none, of one row, and larger than all."""
    yield case(*_qkv(draw, 6, 9, 4, 2), 3).named("6 queries and 9 keys, chunks of 3")
    yield case(*_qkv(draw, 7, 10, 4, 3), 4).named("7 queries and 10 keys, chunks of 4")
    yield case(*_qkv(draw, 5, 3, 2, 2), 1).named("5 queries and 3 keys, chunks of 1")
    yield case(*_qkv(draw, 3, 5, 4, 2), 100).named("a chunk larger than all there is")
    yield case(*_large_scores(draw).args, 2).named("scores near 1000, chunks of 2")
    yield case(*_qkv(draw, 4, 8, 3, 3, dtype=torch.float64), 3).named("float64")


def long_cases(draw: Draw) -> Iterator[Case]:
    """One case, whose weights take 64 MB."""
    yield case(*_qkv(draw, 4096, 4096, 32, 32), 64).named("4096 queries and keys, chunks of 64")


def _qkv(
    draw: Draw, n: int, m: int, d: int, e: int, dtype: torch.dtype = torch.float32
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    q, k = draw.normal(n, d, dtype=dtype), draw.normal(m, d, dtype=dtype)
    return q, k, draw.normal(m, e, dtype=dtype)


def _looks_at_nothing(draw: Draw) -> Case:
    mask = torch.tensor([[True, False, True], [False, False, False], [True, True, True]])
    return case(*_qkv(draw, 3, 3, 4, 2), mask).named("a query that may look at nothing")


def _large_scores(draw: Draw) -> Case:
    """Scores of ±1000 with small differences, exact in float32."""
    q = torch.tensor([[1.0, 1000, 0, 0], [1, -1000, 0, 0]])
    k = torch.tensor([[0.0, 2, 0, 0], [2, 2, 0, 0], [-4, 2, 0, 0]])
    return case(q, k, draw.normal(3, 2)).named("scores near 1000")


def _batch(draw: Draw) -> Case:
    """Two sides in front, and a mask of other sides: the first key is never hidden."""
    q, k, v = draw.normal(2, 3, 4, 5), draw.normal(2, 3, 6, 5), draw.normal(2, 3, 6, 2)
    return case(q, k, v, _mask(draw, 2, 1, 4, 6)).named("a batch of heads, a mask an example")


def _columns_first(draw: Draw) -> Case:
    q, k, v = draw.normal(2, 4, 3), draw.normal(2, 4, 5), draw.normal(2, 2, 5)
    return case(q.mT, k.mT, v.mT).named("tensors that are not contiguous")


def _some(draw: Draw) -> Case:
    n, m = draw.integer(3, 6), draw.integer(3, 6)
    return case(*_qkv(draw, n, m, draw.integer(2, 5), 3), _mask(draw, n, m)).named("a drawn mask")


def _mask(draw: Draw, *shape: int) -> torch.Tensor:
    """In each row the first is True, the last False, what is between drawn."""
    mask = draw.integers(0, 1, *shape).to(torch.bool)
    mask[..., 0], mask[..., -1] = True, False
    return mask


def _heads(
    draw: Draw,
    b: int,
    n: int,
    d: int,
    heads: int,
    mask: Mask = None,
    dtype: torch.dtype = torch.float32,
) -> Case:
    x = draw.normal(b, n, d, dtype=dtype)
    matrices = [draw.normal(d, d, dtype=dtype) / math.sqrt(d) for _ in range(4)]
    return case(x, *matrices, heads, *([] if mask is None else [mask]))
