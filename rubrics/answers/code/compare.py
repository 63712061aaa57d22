"""The value that a script left behind, as a tensor; or why there is none."""

import json
import math
from typing import Any

import torch

from rubrics.answers.code.ended import explain_end
from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.produced import FLOATS, Incomparable, Produced, by
from rubrics.answers.raw import ParsedAnswer
from rubrics.job import Missing, PlainValue, Run, TensorValue, Value
from rubrics.outcome import Outcome
from rubrics.reference.load import Expected
from rubrics.reference.lost import lost
from rubrics.tolerance import DEFAULTS, Tolerance

_DTYPES: dict[str, torch.dtype] = FLOATS | {
    name: getattr(torch, name)
    for name in ("bool", "uint8", "int8", "int16", "int32", "int64", "complex64", "complex128")
}


def produce(
    spec: CodeSpec,
    parsed: ParsedAnswer,
    run: Run | None,
    expected: Expected,
    tolerance: Tolerance | None,
) -> Produced:
    """The collected value. Raises Incomparable: no value, another dtype, another shape."""
    if run is None:
        raise Incomparable("Your script was not run: this is our fault.", Outcome.SERVICE_ERROR)
    if run.ended is not None:
        raise Incomparable(explain_end(run, parsed), run.ended)
    values = _floats(spec, run.values.get(spec.collected, Missing(reason="undefined")))
    shape = tuple(expected.exact.shape)
    if tuple(values.shape) != shape:
        given = by(tuple(values.shape))
        raise Incomparable(f"`{spec.collected}` has {given}, {by(shape)} is asked for.")
    return Produced(
        name=f"`{spec.collected}`",
        values=values.to(torch.float64),
        allowed=_allowed(spec, expected, tolerance),
        half_units=torch.zeros_like(expected.exact),
        typed=False,
    )


def _allowed(spec: CodeSpec, expected: Expected, tolerance: Tolerance | None) -> torch.Tensor:
    if tolerance is not None:
        return tolerance.atol + tolerance.rtol * expected.exact.abs()
    table = DEFAULTS[spec.dtype]
    away = lost(expected.exact, expected.in_dtype, spec.dtype)
    return table.atol + table.rtol * expected.exact.abs() + away


def _floats(spec: CodeSpec, value: Value) -> torch.Tensor:
    if isinstance(value, Missing):
        raise Incomparable(_missing(spec.collected, value))
    if isinstance(value, PlainValue):
        return _from_plain(spec.collected, value)
    return _from_bytes(spec, value)


def _missing(name: str, value: Missing) -> str:
    detail = f" ({value.detail})" if value.detail else ""
    if value.reason == "none" and name.endswith(".grad"):
        return f"`{name}` is None: did you call `backward()`, as in `y.backward()`?"
    if value.reason == "none":
        return f"`{name}` is None at the end of your script: give it the value asked for."
    if value.reason == "undefined":
        root = name.partition(".")[0]
        said = f"`{name}` is not defined at the end of your script{detail}"
        return f"{said}: check that you named it `{root}`."
    if value.reason == "too_large":
        return f"`{name}` is too large to be read{detail}."
    return f"`{name}` cannot be compared{detail}: leave a plain tensor there."


def _from_bytes(spec: CodeSpec, value: TensorValue) -> torch.Tensor:
    accepted = tuple(FLOATS) if spec.accept_dtypes == "floating" else (spec.dtype,)
    if value.dtype not in accepted:
        message = f"`{spec.collected}` has dtype {value.dtype[:20]}, {spec.dtype} is asked for."
        raise Incomparable(message)
    dtype = _DTYPES[value.dtype]
    if len(value.data) != math.prod(value.shape) * dtype.itemsize:
        raise Incomparable(f"`{spec.collected}` could not be read.", Outcome.FORBIDDEN)
    if not value.data:
        return torch.empty(value.shape, dtype=dtype)
    return torch.frombuffer(bytearray(value.data), dtype=dtype).reshape(value.shape)


def _from_plain(name: str, value: PlainValue) -> torch.Tensor:
    """Python numbers, bare or in lists: they carry no dtype, so none is asked of them."""
    try:
        return torch.tensor(_numbers(json.loads(value.json_text)), dtype=torch.float64)
    except (TypeError, ValueError, OverflowError):
        message = f"`{name}` is not a number, nor rows of numbers of one length."
        raise Incomparable(message) from None


def _numbers(value: Any) -> Any:
    if isinstance(value, list):
        return [_numbers(one) for one in value]
    if isinstance(value, dict):
        return float(value["special"])
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("not a number")
    return value
