"""What the sandbox is asked to run, and what came back: data only, never a verdict."""

from typing import Literal

from pydantic import Field

from rubrics.grade import Frozen, SandboxUse
from rubrics.outcome import Outcome

MB = 1024 * 1024


class Limits(Frozen):
    """What one run may use, counted from after the fork and measured from outside."""

    wall_s: float = Field(default=10.0, gt=0, le=3600)
    cpu_s: float = Field(default=10.0, gt=0, le=3600)
    memory_mb: int = Field(default=512, ge=16, le=65536)
    output_kb: int = Field(default=64, ge=1, le=16384)
    box_mb: int = Field(default=16, ge=1, le=4096)
    box_files: int = Field(default=256, ge=8, le=100_000)
    processes: int = Field(default=16, ge=1, le=256)
    values_mb: int = Field(default=16, ge=1, le=1024)


class Job(Frozen):
    """A script to run, and the names to read when it has ended.

    `files` maps plain file names to bytes; `entry` is the one that is run. `collect` lists dotted
    names (`x.grad`) whose values are shipped out. No expected value is ever part of a job.
    """

    files: dict[str, bytes]
    entry: str
    collect: tuple[str, ...]
    limits: Limits = Limits()


class TensorValue(Frozen):
    """A tensor or array as raw bytes, row-major, little-endian.

    `dtype` is torch's name without the module (`float32`, `int64`, `bool`, `bfloat16`).
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes


class PlainValue(Frozen):
    """A Python number, bool, string or nested list of those, exactly as JSON carries it.

    Non-finite floats travel as the strings `"nan"`, `"inf"` and `"-inf"` under `special`.
    """

    json_text: str


class Missing(Frozen):
    """A name that could not be collected, and the reason for the student."""

    reason: Literal["undefined", "none", "unsupported", "too_large"]
    detail: str = ""


Value = TensorValue | PlainValue | Missing


class RunError(Frozen):
    """An exception of the student's code; `line` counts from 1 in `file` when known."""

    type: str
    message: str
    file: str | None = None
    line: int | None = None


class Run(Frozen):
    """What one sandboxed run produced. `ended` is None when it ran to its end and reported.

    Every string in it is hostile text, already cut to its cap and stripped of control characters.
    """

    ended: Outcome | None
    explanation: str = ""
    values: dict[str, Value] = Field(default_factory=dict)
    output: str = ""
    error: RunError | None = None
    use: SandboxUse = SandboxUse()
