"""The reference computations of the assignment on numerical stability."""

import math

import torch


def epsilon() -> torch.Tensor:
    """The gap between 1 and the next float32."""
    return torch.tensor(torch.finfo(torch.float32).eps, dtype=torch.float64)


def first_missing_integer() -> torch.Tensor:
    """One more than 2 to the number of significant bits."""
    return torch.tensor(2.0**24 + 1, dtype=torch.float64)


def overflowing() -> torch.Tensor:
    """The exponents whose exponential leaves float32."""
    x = torch.tensor([80, 87, 88.5, 89, 95, 120], dtype=torch.float32)
    return x[x.exp().isinf()].to(torch.float64)


def softmax() -> torch.Tensor:
    """Softmax as torch computes it: the maximum is subtracted first."""
    return torch.tensor([1000.0, 1001.0, 1003.0]).softmax(dim=0)


def euler_factor() -> torch.Tensor:
    """1 + i·h for h = 0.1."""
    return torch.tensor(1 + 0.1j, dtype=torch.complex128)


def spectrum() -> torch.Tensor:
    """The transform of four numbers; complex128, shape (4,)."""
    found: torch.Tensor = torch.fft.fft(torch.tensor([1, 2, 0.5, -1.25], dtype=torch.float64))
    return found


def spectrum_turned() -> torch.Tensor:
    """A mistake: the exponent without its minus."""
    return spectrum().conj().resolve_conj()


def spectrum_divided() -> torch.Tensor:
    """A mistake: divided by n."""
    return spectrum() / 4


def megabytes() -> float:
    """Two bytes a weight."""
    return 3100 * 11200 * 2 / 1e6


def mebibytes() -> float:
    """A mistake: units of 2 to the power of 20 bytes."""
    return 3100 * 11200 * 2 / 2**20


def megabytes_in_float32() -> float:
    """A mistake: four bytes a weight."""
    return 2 * megabytes()


def hilbert_inverse(n: int = 6) -> torch.Tensor:
    """By binomial coefficients, so without an error."""
    entries = [[_entry(n, i, j) for j in range(1, n + 1)] for i in range(1, n + 1)]
    return torch.tensor(entries, dtype=torch.float64)


def _entry(n: int, i: int, j: int) -> int:
    sign = -1 if (i + j) % 2 else 1
    product = math.comb(n + i - 1, n - j) * math.comb(n + j - 1, n - i)
    return sign * (i + j - 1) * product * math.comb(i + j - 2, i - 1) ** 2
