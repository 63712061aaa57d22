"""A reference that is a gradient: the function, the point, and what to differentiate by."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch.func import functional_call

Function = Callable[..., torch.Tensor]


class AuthorError(Exception):
    """The author's reference is at fault, never the student; `line` is its line if known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Gradient:
    """d(of)/d(wrt) at a point.

    `of` takes the tensors of `at` by name and returns a scalar; `wrt` is one of those names.
    Floating tensors of `at` are cast to the dtype in which the gradient is asked for.
    """

    of: Function
    at: Mapping[str, torch.Tensor]
    wrt: str

    @classmethod
    def of_module(
        cls, module: torch.nn.Module, loss: Callable[[Callable[..., Any]], torch.Tensor], wrt: str
    ) -> "Gradient":
        """The gradient of `loss(module)` by the parameter `wrt`, such as "0.weight".

        Parameters become inputs, so that a graph traced from `of` depends on them.
        """

        def of(**parameters: torch.Tensor) -> torch.Tensor:
            return loss(lambda *inputs: functional_call(module, parameters, inputs))

        at = {name: value.detach() for name, value in module.named_parameters()}
        return cls(of=of, at=at, wrt=wrt)

    def inputs(self, dtype: torch.dtype) -> dict[str, torch.Tensor]:
        """Fresh leaves at the point; the one to differentiate by requires grad."""
        if self.wrt not in self.at:
            raise AuthorError(f"`wrt` names `{self.wrt}`, which is not among `at`")
        leaves = {name: _cast(value, dtype) for name, value in self.at.items()}
        leaves[self.wrt].requires_grad_()
        return leaves

    def evaluate(self, dtype: torch.dtype) -> torch.Tensor:
        """The gradient in `dtype`, of the shape of the input. Raises AuthorError."""
        with default_dtype(dtype):
            leaves = self.inputs(dtype)
            result = scalar(self.of(**leaves))
            (found,) = torch.autograd.grad(result, leaves[self.wrt], allow_unused=True)
        if found is None:
            raise AuthorError(f"the result does not depend on `{self.wrt}`")
        return found.detach()


def scalar(result: object) -> torch.Tensor:
    """`result`, if it is one real number that a gradient can be taken of. Raises AuthorError."""
    if not isinstance(result, torch.Tensor) or result.numel() != 1:
        raise AuthorError("a Gradient's `of` must return a tensor with one element")
    if not result.requires_grad:
        raise AuthorError("the result of `of` does not depend on the input to differentiate by")
    return result


@contextmanager
def default_dtype(dtype: torch.dtype) -> Iterator[None]:
    """Literals such as torch.tensor(0.1) have this dtype inside."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


def _cast(value: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    value = value.detach().clone()
    return value.to(dtype) if value.is_floating_point() else value
