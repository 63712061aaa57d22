"""Run torch code with its sums taken in another order, as another right program would."""

from collections.abc import Callable
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode

aten = torch.ops.aten
Order = Callable[[int], torch.Tensor]


def backwards(size: int) -> torch.Tensor:
    """The last first."""
    return torch.arange(size - 1, -1, -1)


def evens_first(size: int) -> torch.Tensor:
    """Every second one, then the others."""
    return torch.cat([torch.arange(0, size, 2), torch.arange(min(1, size), size, 2)])


class Reordered(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Inside, sums, means and matrix products add their terms in another order.

    It works below autograd, so the sums of a backward pass are reordered too.
    """

    def __init__(self, order: Order) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._order = order

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        """Torch's own signature."""
        del types
        changed = self._changed(func, args)
        return func(*changed, **(kwargs or {}))

    def _changed(self, func: Any, args: tuple[Any, ...]) -> tuple[Any, ...]:
        if func in _ALL:
            return (self._moved(args[0].flatten(), 0), *args[1:])
        if func in _SOME:
            return (self._over(args[0], args[1] if len(args) > 1 else None), *args[1:])
        if func in _PRODUCTS:
            at = _PRODUCTS[func]
            left, right = args[at], args[at + 1]
            inner = 0 if right.dim() == 1 else right.dim() - 2
            left, right = self._moved(left, left.dim() - 1), self._moved(right, inner)
            return (*args[:at], left, right, *args[at + 2 :])
        return args

    def _over(self, value: torch.Tensor, dims: Any) -> torch.Tensor:
        for dim in dims if dims else range(value.dim()):
            value = self._moved(value, dim)
        return value

    def _moved(self, value: torch.Tensor, dim: int) -> torch.Tensor:
        return value.index_select(dim, self._order(value.shape[dim])) if value.dim() else value


_ALL = {aten.sum.default, aten.mean.default}
_SOME = {aten.sum.dim_IntList, aten.mean.dim}
_PRODUCTS = {
    aten.mm.default: 0,
    aten.bmm.default: 0,
    aten.mv.default: 0,
    aten.dot.default: 0,
    aten.addmm.default: 1,
    aten.baddbmm.default: 1,
}
"""Where the two factors stand among the arguments."""
