"""Typed or saved numbers as a tensor, with the tolerance that the digits asked for deserve."""

from pathlib import PurePosixPath

import torch

from rubrics.answers.produced import Incomparable, Produced, by
from rubrics.answers.raw import ParsedAnswer
from rubrics.answers.tensor.array_file import Array
from rubrics.answers.tensor.complex_number import read_complex
from rubrics.answers.tensor.number import read
from rubrics.answers.tensor.parse import read_file
from rubrics.answers.tensor.spec import TensorSpec
from rubrics.job import Run
from rubrics.reference.gradient import AuthorError
from rubrics.reference.load import Expected
from rubrics.reference.lost import lost
from rubrics.tolerance import DEFAULTS, Tolerance, half_unit, spread


def produce(
    spec: TensorSpec,
    parsed: ParsedAnswer,
    run: Run | None,  # noqa: ARG001
    expected: Expected,
    tolerance: Tolerance | None,
) -> Produced:
    """Read what was kept at intake.

    Raises AuthorError if the reference is not of the shape asked for, Incomparable if the answer
    has another shape than the reference where any could be given.
    """
    _comparable(spec, expected)
    values, half_units = _from_file(spec, parsed) if parsed.files else _typed(spec, parsed)
    shape = tuple(expected.exact.shape)
    if tuple(values.shape) != shape:
        if spec.shape != "any":  # intake saw to it that they agree
            raise ValueError(f"an answer of {by(tuple(values.shape))} was let in")
        raise Incomparable(f"Your answer has {by(tuple(values.shape))}: another is asked for.")
    return Produced(
        name="Your answer",
        values=values,
        allowed=_allowed(spec, expected, tolerance),
        half_units=half_units,
        typed=not parsed.files,
    )


def _comparable(spec: TensorSpec, expected: Expected) -> None:
    if spec.shape not in ("any", tuple(expected.exact.shape)):
        raise AuthorError(f"the question asks for {list(spec.shape)}, the reference has another")
    if expected.exact.is_complex() and not spec.complex:
        raise AuthorError("the reference is complex: the question must say `complex: true`")


def _typed(spec: TensorSpec, parsed: ParsedAnswer) -> tuple[torch.Tensor, torch.Tensor]:
    data = parsed.data if isinstance(parsed.data, dict) else {}
    found, shape = data.get("numbers"), data.get("shape")
    spellings = [str(one) for one in found] if isinstance(found, list) else []
    sizes = [int(str(one)) for one in shape] if isinstance(shape, list) else []
    numbers = [read_complex(one) if spec.complex else read(one) for one in spellings]
    dtype = torch.complex128 if spec.complex else torch.float64
    values = torch.tensor([number.value for number in numbers], dtype=dtype).reshape(sizes)
    halves = _half_units([number.half_unit for number in numbers])
    return values, torch.tensor(halves, dtype=torch.float64).reshape(sizes)


def _from_file(spec: TensorSpec, parsed: ParsedAnswer) -> tuple[torch.Tensor, torch.Tensor]:
    """Binary numbers say nothing of their precision."""
    name, content = next(iter(parsed.files.items()))
    array = read_file(spec, PurePosixPath(name).suffix, content)
    dtype = torch.complex128 if spec.complex else torch.float64
    values = _tensor(array).to(dtype)
    return values, torch.zeros(values.shape, dtype=torch.float64)


def _tensor(array: Array) -> torch.Tensor:
    dtype: torch.dtype = getattr(torch, array.dtype)
    if not array.data:
        return torch.empty(array.shape, dtype=dtype)
    flat = torch.frombuffer(bytearray(array.data), dtype=dtype)
    if array.fortran:
        turned = flat.reshape(array.shape[::-1])
        return turned.permute(*reversed(range(turned.dim()))).contiguous()
    return flat.reshape(array.shape)


def _allowed(spec: TensorSpec, expected: Expected, tolerance: Tolerance | None) -> torch.Tensor:
    size = expected.exact.abs()
    if tolerance is not None:
        return tolerance.atol + tolerance.rtol * size
    away = lost(expected.exact, expected.in_dtype, spec.dtype)
    if spec.decimals is None and spec.significant is None:
        table = DEFAULTS[spec.dtype]
        return table.atol + table.rtol * size + away
    pairs = zip(
        expected.exact.flatten().tolist(), expected.in_dtype.flatten().tolist(), strict=True
    )
    rooms = [_room(spec, exact, in_dtype) for exact, in_dtype in pairs]
    return torch.tensor(rooms, dtype=torch.float64).reshape(expected.exact.shape)


def _room(spec: TensorSpec, exact: float, in_dtype: float) -> float:
    unit = half_unit(abs(exact), spec.decimals, spec.significant)
    # Decimal halves such as 0.00005 are not binary fractions: a tie must not fail by an ulp.
    return unit * (1 + 1e-9) + spread(exact, in_dtype, spec.dtype)


def _half_units(known: list[float | None]) -> list[float]:
    """Bare integers beside 0.4722 are as exact as that; among integers alone, to a half."""
    finest = min((one for one in known if one), default=0.5)
    return [finest if one is None else one for one in known]
