"""A two-dimensional convolution with padding, then ReLU."""

import torch
from torch import Tensor
from torch.nn import functional

from tests.golden.diagnosis.digits import decimals

TITLE = "Convolution in two dimensions, gradient for the kernel"
WRT = "kernel"
DIGITS = decimals(4)


def inputs(dtype: torch.dtype) -> dict[str, Tensor]:
    image = [[0.8, -0.3, 1.2, 0.5], [1.7, 0.4, -0.9, 2.2], [-1.1, 0.6, 1.5, 0.1],
             [0.9, -1.6, 0.7, 1.3]]  # fmt: skip
    kernel = [[0.3, -0.7, 0.5], [1.1, 0.2, -0.4], [-0.6, 0.9, 0.15]]
    g = [
        [1.3, 0.6, -0.8, 0.9],
        [0.2, 1.9, 1.1, -0.5],
        [-1.4, 0.7, 1.6, 0.4],
        [0.55, 1.2, -0.3, 2.0],
    ]
    return {
        "image": torch.tensor(image, dtype=dtype),
        "kernel": torch.tensor(kernel, dtype=dtype),
        "g": torch.tensor(g, dtype=dtype),
    }


def reference(image: Tensor, kernel: Tensor, g: Tensor) -> Tensor:
    y = functional.conv2d(image[None, None], kernel[None, None], padding=1)[0, 0]
    out = functional.relu(y)
    return (g * out).mean()
