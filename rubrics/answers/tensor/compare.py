"""Typed numbers as a tensor, with the tolerance that the digits asked for deserve."""

import torch

from rubrics.answers.produced import Produced
from rubrics.answers.raw import ParsedAnswer
from rubrics.answers.tensor.number import Number, read
from rubrics.answers.tensor.spec import TensorSpec
from rubrics.job import Run
from rubrics.reference.gradient import AuthorError
from rubrics.reference.load import Expected
from rubrics.tolerance import Tolerance, half_unit, spread


def produce(
    spec: TensorSpec,
    parsed: ParsedAnswer,
    run: Run | None,  # noqa: ARG001
    expected: Expected,
    tolerance: Tolerance | None,
) -> Produced:
    """Read the spellings kept at intake. Raises AuthorError if another shape was asked for."""
    if tuple(expected.exact.shape) != spec.shape:
        raise AuthorError(f"the question asks for {list(spec.shape)}, the reference has another")
    data = parsed.data if isinstance(parsed.data, dict) else {}
    spellings = data.get("numbers")
    numbers = [read(str(one)) for one in spellings] if isinstance(spellings, list) else []
    return Produced(
        name="Your answer",
        values=_tensor([number.value for number in numbers], spec),
        allowed=_allowed(spec, expected, tolerance),
        half_units=_tensor(_half_units(numbers), spec),
        typed=True,
    )


def _tensor(values: list[float], spec: TensorSpec) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64).reshape(spec.shape)


def _allowed(spec: TensorSpec, expected: Expected, tolerance: Tolerance | None) -> torch.Tensor:
    if tolerance is not None:
        return tolerance.atol + tolerance.rtol * expected.exact.abs()
    pairs = zip(
        expected.exact.flatten().tolist(),
        expected.in_dtype.to(torch.float64).flatten().tolist(),
        strict=True,
    )
    return _tensor([_room(spec, exact, in_dtype) for exact, in_dtype in pairs], spec)


def _room(spec: TensorSpec, exact: float, in_dtype: float) -> float:
    unit = half_unit(exact, spec.decimals, spec.significant)
    # Decimal halves such as 0.00005 are not binary fractions: a tie must not fail by an ulp.
    return unit * (1 + 1e-9) + spread(exact, in_dtype, spec.dtype)


def _half_units(numbers: list[Number]) -> list[float]:
    """Bare integers beside 0.4722 are as exact as that; among integers alone, to a half."""
    known = [one.half_unit for one in numbers if one.half_unit]
    finest = min(known, default=0.5)
    return [finest if one.half_unit is None else one.half_unit for one in numbers]
