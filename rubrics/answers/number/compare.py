"""A typed number as a tensor of shape (), with the tolerance that the digits asked for deserve."""

import torch

from rubrics.answers.number.spec import NumberSpec
from rubrics.answers.produced import Produced
from rubrics.answers.raw import ParsedAnswer
from rubrics.answers.tensor.complex_number import read_complex
from rubrics.answers.tensor.number import read
from rubrics.job import Run
from rubrics.reference.gradient import AuthorError
from rubrics.reference.load import Expected
from rubrics.reference.lost import lost
from rubrics.tolerance import Tolerance, half_unit, spread


def produce(
    spec: NumberSpec,
    parsed: ParsedAnswer,
    run: Run | None,  # noqa: ARG001
    expected: Expected,
    tolerance: Tolerance | None,
) -> Produced:
    """Read the spelling kept at intake. Raises AuthorError if the reference is no such number."""
    _comparable(spec, expected)
    token = str(parsed.data["number"]) if isinstance(parsed.data, dict) else ""
    number = read_complex(token) if spec.complex else read(token)
    dtype = torch.complex128 if spec.complex else torch.float64
    shape = expected.exact.shape
    half = 0.0 if number.half_unit is None else number.half_unit
    return Produced(
        name="Your answer",
        values=torch.tensor(number.value, dtype=dtype).reshape(shape),
        allowed=torch.tensor(_room(spec, expected, tolerance), dtype=torch.float64).reshape(shape),
        half_units=torch.tensor(half, dtype=torch.float64).reshape(shape),
        typed=True,
    )


def _comparable(spec: NumberSpec, expected: Expected) -> None:
    if expected.exact.numel() != 1:
        raise AuthorError("the question asks for one number, the reference has several")
    if expected.exact.is_complex() and not spec.complex:
        raise AuthorError("the reference is complex: the question must say `complex: true`")


def _room(spec: NumberSpec, expected: Expected, tolerance: Tolerance | None) -> float:
    exact, in_dtype = expected.exact.item(), expected.in_dtype.item()
    if tolerance is not None:
        return tolerance.atol + tolerance.rtol * abs(exact)
    if spec.exact:
        # 1/3 has no exact binary form: what only the last bits tell apart is the same number.
        return 4e-16 * abs(exact)
    lost(expected.exact, expected.in_dtype, spec.dtype)
    unit = half_unit(abs(exact), spec.decimals, spec.significant)
    # Decimal halves such as 0.00005 are not binary fractions: a tie must not fail by an ulp.
    return unit * (1 + 1e-9) + spread(exact, in_dtype, spec.dtype)
