"""What the sandbox is asked to run, and what came back: data only, never a verdict."""

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from rubrics.grade import Frozen, SandboxUse
from rubrics.outcome import Outcome

MB = 1024 * 1024
Preload = Literal["torch", "numpy", "sympy", "plain"]
Package = Literal["matplotlib", "pandas", "scikit-learn", "scipy", "einops"]


class Limits(Frozen):
    """What one run may use, counted from after the fork and measured from outside.

    `processes` counts the script's own: with 1 it may start no other. `threads` counts the script's
    own first one too, and those of all processes together, but the first of each further process.
    """

    wall_s: float = Field(default=10.0, gt=0, le=3600)
    cpu_s: float = Field(default=10.0, gt=0, le=3600)
    memory_mb: int = Field(default=512, ge=16, le=65536)
    output_kb: int = Field(default=64, ge=1, le=16384)
    box_mb: int = Field(default=16, ge=1, le=4096)
    box_files: int = Field(default=256, ge=8, le=100_000)
    processes: int = Field(default=1, ge=1, le=256)
    threads: int = Field(default=16, ge=1, le=256)
    open_files: int = Field(default=64, ge=16, le=1024)
    values_mb: int = Field(default=16, ge=1, le=1024)
    call_s: float = Field(default=5.0, gt=0, le=3600)

    @property
    def tasks(self) -> int:
        """The most processes and threads together: the kernel keeps one count of both."""
        return self.processes + self.threads - 1


class TensorValue(Frozen):
    """A tensor or array as raw bytes, row-major, little-endian.

    `dtype` is torch's name without the module (`float32`, `int64`, `bool`, `bfloat16`).
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes


class Input(Frozen):
    """A tensor that is made afresh for each call that names it.

    `strides` counts elements, 0 repeats one; None is row-major. With `array` it is a numpy array.
    """

    tensor: TensorValue
    strides: tuple[int, ...] | None = None
    requires_grad: bool = False
    array: bool = False


class NameStep(Frozen):
    """Look a name up: in the student's file, or in one of three modules."""

    op: Literal["name"] = "name"
    root: Literal["student", "torch", "operator", "builtins"]
    name: str


class GetStep(Frozen):
    """Read the attribute `name` of an earlier step's result."""

    op: Literal["get"] = "get"
    of: int
    name: str


class CallStep(Frozen):
    """Call an earlier step's result; arguments are trees (see `rubrics.calls.interpret`)."""

    op: Literal["call"] = "call"
    of: int
    args: tuple[JsonValue, ...] = ()
    kwargs: dict[str, JsonValue] = Field(default_factory=dict)


class FactStep(Frozen):
    """Whether two trees are the very same object, or have tensors that share memory."""

    op: Literal["same", "shares"]
    left: JsonValue
    right: JsonValue


Step = Annotated[NameStep | GetStep | CallStep | FactStep, Field(discriminator="op")]


class Call(Frozen):
    """Steps to carry out in order when the script has run, and the trees to ship afterwards.

    `group` names what shares a fate: when the process dies in a call, the rest of its group is
    not tried again, while other groups are.
    """

    name: str = Field(pattern=r"^[A-Za-z0-9_/.-]{1,100}$")
    steps: tuple[Step, ...] = Field(max_length=4000)
    ship: dict[str, JsonValue]
    group: str = ""


class Job(Frozen):
    """A script to run, the calls to make then, and the names to read at the end.

    `files` maps plain file names to bytes; `entry` is the one that is run, as `__main__` unless
    `as_module`; those named in `given` are the assignment's own and can only be read. `collect`
    lists dotted names (`x.grad`) whose values are shipped out. `preload`
    says what is imported before the job arrives, `packages` what can be imported besides torch,
    numpy and sympy, where it is installed. `forbidden` holds the names and constructs that a check
    of the source counts against the answer: no message may offer them. With `gives_back` freed
    memory goes back to the system at once, so that the peak is what was held: slower, for measuring
    alone. No expected value is ever part of a job.
    """

    files: dict[str, bytes]
    entry: str
    collect: tuple[str, ...]
    limits: Limits = Limits()
    calls: tuple[Call, ...] = Field(default=(), max_length=2000)
    inputs: dict[str, Input] = Field(default_factory=dict)
    as_module: bool = False
    preload: Preload = "torch"
    packages: tuple[Package, ...] = ()
    given: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    gives_back: bool = False


class PlainValue(Frozen):
    """A Python number, bool, string or nested list or dict of those and None, as JSON carries it.

    Non-finite floats travel as the strings `"nan"`, `"inf"` and `"-inf"` under `special`, a dict as
    pairs under `dict`: its keys may be whole numbers too. A complex number is two floats under
    `complex`.
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


class CallResult(Frozen):
    """What one call came to.

    `values` holds, by the name under which it was to be shipped, the JSON text of a tree (see
    `rubrics.calls.decode`) whose tensors are in `tensors`. After an `error` it holds what could
    still be had. `kinds` are the names of the exception's classes, its own first; `missing` is a
    name that the file was to define and does not. `ended` is set when the call was cut off, `cut`
    when it printed as much as is kept of `output`, or more.
    """

    values: dict[str, str] = Field(default_factory=dict)
    tensors: tuple[TensorValue, ...] = ()
    output: str = ""
    cut: bool = False
    error: RunError | None = None
    kinds: tuple[str, ...] = ()
    missing: str = ""
    ended: Outcome | None = None
    explanation: str = ""


class Run(Frozen):
    """What one sandboxed run produced. `ended` is None when it ran to its end and reported.

    `calling` says that the file itself had run, so that what came after is a call's doing.

    Every string in it is hostile text, already cut to its cap and stripped of control characters.
    """

    ended: Outcome | None
    explanation: str = ""
    values: dict[str, Value] = Field(default_factory=dict)
    calls: dict[str, CallResult] = Field(default_factory=dict)
    calling: bool = False
    output: str = ""
    error: RunError | None = None
    use: SandboxUse = SandboxUse()
