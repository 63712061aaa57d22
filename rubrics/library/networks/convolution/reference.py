"""torch's own convolution, and the hidden cases."""

from collections.abc import Iterator

import torch
from torch.nn.functional import conv2d

from rubrics.reference import Case, Draw, case


def correlate(
    x: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None = None,
    stride: int = 1,
    padding: int = 0,
) -> torch.Tensor:
    """The sliding scalar product; (N, C, H, W) and (K, C, Kh, Kw) to (N, K, rows, columns)."""
    return conv2d(x, weight, bias, stride, padding)


def correlate_backward(
    grad: torch.Tensor, x: torch.Tensor, weight: torch.Tensor, stride: int, padding: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Gradients by x, weight and bias, by autograd."""
    x, weight = x.detach().requires_grad_(), weight.detach().requires_grad_()
    bias = torch.zeros(len(weight), dtype=x.dtype, requires_grad=True)
    output = correlate(x, weight, bias, stride, padding)
    dx, dw, db = torch.autograd.grad(output, (x, weight, bias), grad)
    return dx, dw, db


def forward_cases(draw: Draw) -> Iterator[Case]:
    """Eight cases: strides are 2 or 3 in three of them, zeros are put around in three."""
    yield _drawn(draw, (2, 3, 4, 5), (2, 3, 1, 1), 1, 0).named("a 1×1 kernel")
    yield _drawn(draw, (2, 2, 3, 3), (4, 2, 3, 3), 1, 0).named("a kernel as large as the image")
    yield _plain(draw).named("no bias, stride and padding left out")
    yield _drawn(draw, (2, 2, 6, 7), (3, 2, 3, 3), 2, 0).named("stride 2, a row is left over")
    yield _drawn(draw, (1, 2, 4, 5), (2, 2, 3, 3), 1, 2).named("padding 2")
    yield _drawn(draw, (2, 2, 5, 7), (3, 2, 2, 3), 2, 1).named("a 2×3 kernel, stride 2, padding 1")
    yield _drawn(draw, (2, 3, 5, 4), (2, 3, 3, 2), 1, 1, torch.float64).named(
        "float64, a 3×2 kernel, padding 1"
    )
    yield _not_contiguous(draw).named("a 3×2 kernel, stride 3, not contiguous")


def backward_cases(draw: Draw) -> Iterator[Case]:
    """The same, with a drawn gradient of the output in front."""
    for one in forward_cases(draw):
        x, weight, _, stride, padding = [*one.args, None, 1, 0][:5]
        output = correlate(x, weight, None, stride, padding)
        grad = draw.normal(*output.shape, dtype=x.dtype)
        yield case(grad, x, weight, stride, padding).named(one.title)


def many_windows(draw: Draw) -> Iterator[Case]:
    """Images that three loops take long for."""
    yield _drawn(draw, (24, 3, 32, 32), (4, 3, 3, 3), 1, 1).named("24 images of 32×32")


def _drawn(
    draw: Draw,
    image: tuple[int, ...],
    kernel: tuple[int, ...],
    stride: int,
    padding: int,
    dtype: torch.dtype = torch.float32,
) -> Case:
    x, weight = draw.normal(*image, dtype=dtype), draw.normal(*kernel, dtype=dtype)
    return case(x, weight, draw.normal(kernel[0], dtype=dtype), stride, padding)


def _plain(draw: Draw) -> Case:
    return case(draw.normal(2, 3, 5, 6), draw.normal(2, 3, 3, 3))


def _not_contiguous(draw: Draw) -> Case:
    x, weight = draw.normal(2, 8, 7, 3).permute(0, 3, 1, 2), draw.normal(2, 3, 2, 3).mT
    return case(x, weight, draw.normal(2), 3, 0)
