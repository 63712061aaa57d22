"""The value that a script left behind, as a tensor or a plain value; or why there is none."""

import json
import math
from typing import Any

import torch

from rubrics.answers.code.ended import explain_end
from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.produced import FLOATS, Incomparable, Produced, by
from rubrics.answers.raw import ParsedAnswer
from rubrics.calls.decode import decode, tensor_of
from rubrics.job import Missing, PlainValue, Run, TensorValue
from rubrics.outcome import Outcome
from rubrics.reference.gradient import AuthorError
from rubrics.reference.load import Expected
from rubrics.reference.lost import lost
from rubrics.tolerance import DEFAULTS, Tolerance

_WHOLE = ("uint8", "int8", "int16", "int32", "int64")
_COMPLEX = {"complex64": "float32", "complex128": "float64"}
_DTYPES: dict[str, torch.dtype] = FLOATS | {
    name: getattr(torch, name) for name in ("bool", *_WHOLE, *_COMPLEX)
}
_GREATEST = 2**53
"""Whole numbers beyond are not told apart as float64, in which answers are compared."""


def produce(
    spec: CodeSpec,
    parsed: ParsedAnswer,
    run: Run | None,
    expected: Expected,
    tolerance: Tolerance | None,
) -> Produced:
    """The collected value. Raises Incomparable: no value, another dtype, another shape.

    Where the reference is whole, bool or complex, so must the value be. Raises AuthorError for
    whole numbers too large to be compared.
    """
    given = _tensor(spec, _collected(spec, parsed, run), asked_dtype(spec, expected))
    shape = tuple(expected.exact.shape)
    if tuple(given.shape) != shape:
        found = by(tuple(given.shape))
        raise Incomparable(f"`{spec.collected}` has {found}, {by(shape)} is asked for.")
    return Produced(
        name=f"`{spec.collected}`",
        values=given.to(expected.exact.dtype),
        allowed=_allowed(spec, expected, tolerance),
        half_units=torch.zeros(shape, dtype=torch.float64),
        typed=False,
    )


def plain_value(spec: CodeSpec, parsed: ParsedAnswer, run: Run | None) -> Any:
    """The collected value as Python values. Raises Incomparable where there is none."""
    value = _collected(spec, parsed, run)
    if isinstance(value, PlainValue):
        return decode(value.json_text, ())
    if value.dtype not in _DTYPES:
        raise Incomparable(f"`{spec.collected}` is an array of {value.dtype[:20]}.")
    return tensor_of(value)


def asked_dtype(spec: CodeSpec, expected: Expected) -> str:
    """The reference's own where that is no real floating type, else the question's."""
    own = str(expected.in_dtype.dtype).removeprefix("torch.")
    return spec.dtype if own in FLOATS else own


def _collected(spec: CodeSpec, parsed: ParsedAnswer, run: Run | None) -> TensorValue | PlainValue:
    if run is None:
        raise Incomparable("Your script was not run: this is our fault.", Outcome.SERVICE_ERROR)
    if run.ended is not None:
        raise Incomparable(explain_end(run, parsed), run.ended)
    value = run.values.get(spec.collected, Missing(reason="undefined"))
    if isinstance(value, Missing):
        raise Incomparable(_missing(spec.collected, value))
    return value


def _allowed(spec: CodeSpec, expected: Expected, tolerance: Tolerance | None) -> torch.Tensor:
    exact, dtype = expected.exact, asked_dtype(spec, expected)
    if tolerance is not None:
        return tolerance.atol + tolerance.rtol * exact.abs()
    if dtype not in FLOATS and dtype not in _COMPLEX:
        if bool((exact.abs() > _GREATEST).any()):
            raise AuthorError("whole numbers beyond 2**53 cannot be compared")
        return torch.zeros_like(exact)
    real = _COMPLEX.get(dtype, spec.dtype)
    away = lost(exact, expected.in_dtype, real)
    return DEFAULTS[real].atol + DEFAULTS[real].rtol * exact.abs() + away


def _tensor(spec: CodeSpec, value: TensorValue | PlainValue, dtype: str) -> torch.Tensor:
    if isinstance(value, PlainValue):
        return _from_plain(spec.collected, value, dtype)
    return _from_bytes(spec, value, dtype)


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


def _from_bytes(spec: CodeSpec, value: TensorValue, asked: str) -> torch.Tensor:
    if value.dtype not in _accepted(spec, asked):
        message = f"`{spec.collected}` has dtype {value.dtype[:20]}, {asked} is asked for."
        raise Incomparable(message)
    dtype = _DTYPES[value.dtype]
    if len(value.data) != math.prod(value.shape) * dtype.itemsize:
        raise Incomparable(f"`{spec.collected}` could not be read.", Outcome.FORBIDDEN)
    if not value.data:
        return torch.empty(value.shape, dtype=dtype)
    return torch.frombuffer(bytearray(value.data), dtype=dtype).reshape(value.shape)


def _accepted(spec: CodeSpec, asked: str) -> tuple[str, ...]:
    kinds = (tuple(FLOATS), _WHOLE, tuple(_COMPLEX))
    wider = next((kind for kind in kinds if asked in kind), (asked,))
    return wider if spec.accept_dtypes == "floating" else (asked,)


def _from_plain(name: str, value: PlainValue, asked: str) -> torch.Tensor:
    """Python numbers, bare or in lists: they carry no dtype, so none but their kind is asked."""
    kind, one, several = _KINDS.get(asked, ((int, float), "a number", "numbers"))
    dtype = torch.complex128 if asked in _COMPLEX else torch.float64
    try:
        return torch.tensor(_numbers(json.loads(value.json_text), kind), dtype=dtype)
    except (TypeError, ValueError, OverflowError):
        message = f"`{name}` is not {one}, nor rows of {several} of one length."
        raise Incomparable(message) from None


_KINDS: dict[str, tuple[tuple[type, ...], str, str]] = {
    "bool": ((bool,), "True or False", "those"),
    **dict.fromkeys(_WHOLE, ((int,), "a whole number", "whole numbers")),
    **dict.fromkeys(_COMPLEX, ((int, float, complex), "a number", "numbers")),
}
"""What Python values may stand for another dtype than a floating one."""


def _numbers(value: Any, kinds: tuple[type, ...]) -> Any:
    if isinstance(value, list):
        return [_numbers(one, kinds) for one in value]
    if isinstance(value, dict) and float in kinds and "special" in value:
        return float(value["special"])
    if isinstance(value, dict) and complex in kinds and "complex" in value:
        return complex(*_numbers(value["complex"], kinds))
    if type(value) not in kinds:
        raise TypeError("not a number")
    return value
