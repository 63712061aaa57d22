"""The reference computations of tensor basics, and the hidden cases for each."""

from collections.abc import Iterator

import torch

from rubrics.reference import Case, Draw, case


def frame(height: int, width: int) -> torch.Tensor:
    """Ones along the border, zeros inside; shape (height, width), float32."""
    result = torch.ones(height, width, dtype=torch.float32)
    result[1:-1, 1:-1] = 0
    return result


def frame_cases(draw: Draw) -> Iterator[Case]:
    """Sides of 0, 1 and 2 first, then any."""
    yield case(4, 5).named("the example, height 4 and width 5")
    yield case(0, 3).named("a height of 0")
    yield case(1, 6).named("a height of 1")
    yield case(5, 1).named("a width of 1")
    yield case(2, 2).named("a 2×2 frame, all border")
    yield case(3, 3).named("a 3×3 frame, one zero")
    for _ in range(8):
        yield case(draw.integer(3, 9), draw.integer(3, 9)).named("a larger frame")


def count_positive(x: torch.Tensor) -> int:
    """How many entries are above zero, as a Python int."""
    return int((x > 0).sum())


def count_cases(draw: Draw) -> Iterator[Case]:
    """Empty and all-zero tensors, then draws in several dtypes."""
    yield case(torch.zeros(0)).named("an empty tensor")
    yield case(torch.zeros(3, 4)).named("zeros only")
    yield case(torch.tensor(2.5)).named("a 0-d tensor")
    yield case(draw.integers(-3, 3, 4, 5)).named("a 4×5 tensor of integers")
    for _ in range(6):
        yield case(draw.normal(draw.integer(1, 6), draw.integer(1, 6)))


def column_stats(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and standard deviation (dividing by n) of each column; x has shape (n, d)."""
    mean = x.mean(dim=0)
    return mean, ((x - mean) ** 2).mean(dim=0).sqrt()


def stats_cases(draw: Draw) -> Iterator[Case]:
    """One row, one column, no columns, columns of a view, then draws."""
    yield case(draw.normal(1, 4)).named("a single row")
    yield case(draw.normal(5, 1)).named("a single column")
    yield case(torch.zeros(3, 0)).named("no columns")
    yield case(draw.normal(4, 6).T).named("a non-contiguous 6×4 tensor")
    yield case(draw.normal(5, 3, dtype=torch.float64)).named("a 5×3 float64 tensor")
    for _ in range(6):
        yield case(draw.uniform(-3, 5, draw.integer(2, 8), draw.integer(2, 8)))


def normalise(x: torch.Tensor) -> torch.Tensor:
    """Each row to mean 0 and standard deviation 1; rows of one value to zeros. Shape (b, n)."""
    centred = x - x.mean(dim=1, keepdim=True)
    spread = (centred**2).mean(dim=1, keepdim=True).sqrt()
    return torch.where(spread > 0, centred / spread.where(spread > 0, 1.0), 0.0)


def normalise_cases(draw: Draw) -> Iterator[Case]:
    """A constant row, one column, no rows, a view, then draws."""
    constant = torch.tensor([[2.0, 2.0, 2.0], [1.0, 2.0, 4.0]])
    yield case(constant).named("a batch with a constant row")
    yield case(torch.tensor([[3.0], [0.0]])).named("rows of one entry")
    yield case(torch.zeros(0, 4)).named("a batch of no rows")
    yield case(draw.uniform(-2, 2, 6, 4).T).named("a non-contiguous 4×6 batch")
    for _ in range(6):
        yield case(draw.uniform(-4, 4, draw.integer(1, 8), draw.integer(3, 9)))


def many_rows(draw: Draw) -> Iterator[Case]:
    """A batch that a loop over rows takes long for."""
    yield case(draw.uniform(-4, 4, 10_000, 8)).named("a batch of 10,000 rows")


def clip_(x: torch.Tensor, low: float, high: float) -> torch.Tensor:
    """Bring all entries between low and high, in place; returns x itself."""
    return x.clamp_(low, high)


def clip_cases(draw: Draw) -> Iterator[Case]:
    """Nothing to clip, everything to clip, a view, then draws."""
    yield case(torch.tensor([0.2, 0.4]), 0.0, 1.0).named("nothing to clip")
    yield case(torch.tensor([-5.0, 7.0]), -1.0, 1.0).named("everything to clip")
    yield case(torch.zeros(0), 0.0, 1.0).named("an empty tensor")
    yield case(draw.normal(4, 3).T, -0.5, 0.5).named("a non-contiguous 3×4 tensor")
    for _ in range(5):
        low = draw.number(-1, 0)
        yield case(draw.normal(draw.integer(1, 5), 4), low, low + draw.number(0, 2))


def diagonal(x: torch.Tensor) -> torch.Tensor:
    """The diagonal of a square matrix, as a tensor of its own."""
    return x.diagonal().clone()


def diagonal_cases(draw: Draw) -> Iterator[Case]:
    """One entry, none, then draws in float32 and int64."""
    yield case(torch.tensor([[4.0]])).named("a 1×1 matrix")
    yield case(torch.zeros(0, 0)).named("an empty matrix")
    yield case(draw.integers(-9, 9, 4, 4)).named("a 4×4 matrix of integers")
    for size in (2, 3, 5, 7):
        yield case(draw.normal(size, size))


def log_softmax(x: torch.Tensor) -> torch.Tensor:
    """The logarithm of softmax along the last side."""
    shifted = x - x.max(dim=-1, keepdim=True).values
    return shifted - shifted.exp().sum(dim=-1, keepdim=True).log()


def log_softmax_cases(draw: Draw) -> Iterator[Case]:
    """Numbers whose exponentials overflow, equal numbers, then draws of 1, 2 and 3 sides."""
    yield case(torch.tensor([1000.0, 1001.0, 998.0])).named("entries near 1000")
    yield case(torch.tensor([-2000.0, 0.0, -1.0])).named("entries far apart")
    yield case(torch.full((2, 3), 0.5)).named("equal entries")
    yield case(draw.normal(5, 2).T).named("a non-contiguous 2×5 tensor")
    yield case(draw.normal(1, 4).expand(3, 4)).named("a broadcast 3×4 tensor")
    for shape in ((4,), (3, 5), (2, 3, 4), (2, 1, 6)):
        yield case(3 * draw.normal(*shape))


def smooth_cases(draw: Draw) -> Iterator[Case]:
    """Draws for derivatives."""
    for shape in ((4,), (3, 5), (2, 2, 3)):
        yield case(draw.normal(*shape))


def unsquare(draw: Draw) -> Iterator[Case]:
    """What has no diagonal: other than two sides, or two that differ."""
    yield case(draw.normal(2, 3)).named("a 2×3 matrix")
    yield case(draw.normal(4)).named("a tensor with one side")
    yield case(draw.normal(2, 2, 2)).named("a tensor with three sides")


def moving_mean(x: torch.Tensor, k: int) -> torch.Tensor:
    """Means of k neighbours along the last side; shape (…, n - k + 1). Raises ValueError."""
    if not 1 <= k <= x.shape[-1]:
        raise ValueError("k must lie between 1 and the length of the last side")
    return x.unfold(-1, k, 1).mean(dim=-1)


def by_sums(x: torch.Tensor, k: int) -> torch.Tensor:
    """The same, by adding k shifted slices."""
    count = x.shape[-1] - k + 1
    return sum((x[..., at : at + count] for at in range(k)), torch.zeros(())) / k


def window_cases(draw: Draw) -> Iterator[Case]:
    """One, two and three sides, and windows of several lengths."""
    yield case(torch.tensor([1.0, 2.0, 6.0, 3.0]), 2).named("[1, 2, 6, 3] with k = 2")
    for shape, k in (((7,), 3), ((3, 6), 4), ((2, 3, 5), 2), ((4, 9), 5)):
        yield case(draw.normal(*shape), k)


def window_edges(draw: Draw) -> Iterator[Case]:
    """Windows of one entry and of all; huge and infinite neighbours; no row; other layouts."""
    yield case(draw.normal(2, 5), 5)
    yield case(draw.normal(2, 5), 1)
    yield case(torch.cat([torch.tensor([3.0e8, -1.0e7]), draw.normal(6)]), 2)
    yield case(torch.cat([torch.tensor([torch.inf]), draw.normal(6)]), 3)
    yield case(torch.cat([draw.normal(3), torch.tensor([torch.nan]), draw.normal(4)]), 2)
    yield case(torch.zeros(0, 4), 2)
    yield case(draw.normal(6, 3).T, 4)
    yield case(draw.normal(2, 6, dtype=torch.float64), 3)


def window_refusals(draw: Draw) -> Iterator[Case]:
    """Windows of no entry, of fewer, and of more than there are."""
    for shape, k in (((5,), 0), ((2, 5), -1), ((5,), 6), ((3, 2), 4)):
        yield case(draw.normal(*shape), k)
