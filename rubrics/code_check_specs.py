"""What an author may ask of functions, classes and source: one model a check, free of torch.

The check itself is `rubrics/checks/<kind>.py`, which the judge alone imports. Names of functions
and cases are those of the reference file; `call` is a name of the student's file.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from rubrics.check_base import Check, Misconception
from rubrics.grade import Evidence
from rubrics.tolerance import Tolerance

Name = Annotated[str, Field(pattern=r"^[A-Za-z_]\w*$", max_length=60)]
Dotted = Annotated[str, Field(pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$", max_length=100)]
Credit = Literal["case", "component", "all"]
Stage = Annotated[str, Field(min_length=1, max_length=60)]


class CasesCheck(Check):
    """Calls `call` on every case that the function `cases` of the reference file gives.

    `reference` is the author's counterpart, by default of the same name.
    """

    planned: ClassVar[bool] = True

    call: Dotted
    cases: Name
    reference: Name | None = None
    credit: Credit = "case"

    @property
    def names(self) -> dict[str, str]:
        """The reference's name by the student's."""
        first = self.call.partition(".")[0]
        return {first: self.reference or first}


class _ComparedCheck(CasesCheck):
    """Compares numbers: within `tolerance`, or the table's for the reference's dtype.

    `equivalents` name right functions of the reference file, by which `xgrad check` tries that.
    """

    tolerance: Tolerance | None = None
    allow_nonfinite: bool = False
    equivalents: tuple[Name, ...] = Field(default=(), max_length=20)


class CallsCheck(_ComparedCheck):
    """Equal results: values, shape, dtype, nesting.

    Without `strict` a number may stand for a 0-d tensor, a list for a tuple, an array for a
    tensor, one floating dtype for another. Of `mistakes` the first that gives the student's
    results in every case is named. `stages` name the items of the result, in the order in which
    they are worked out: the first that departs is named. With `derivative_of` results are
    gradients of that function of the reference file by the arguments `wrt`: slips are looked for.
    """

    kind: Literal["calls"]
    strict: bool = True
    mistakes: tuple[Misconception, ...] = Field(default=(), max_length=20)
    stages: tuple[Stage, ...] = Field(default=(), max_length=50)
    derivative_of: Name | None = None
    wrt: tuple[int | Name, ...] | None = None

    @model_validator(mode="after")
    def _by_what(self) -> Self:
        if self.wrt is not None and self.derivative_of is None:
            raise ValueError("`wrt` needs `derivative_of`: of which function are they gradients?")
        return self


class InputUnchangedCheck(CasesCheck):
    """The arguments are the same after the call as before it."""

    kind: Literal["input_unchanged"]

    @property
    def evidence(self) -> Evidence:
        """What is right was sent to the student's code, which could ship it again."""
        return "observed"


class InPlaceCheck(_ComparedCheck):
    """The argument at place `argument` is changed as the reference changes it.

    With `returns_same` the very same object must also be returned, which is observed.
    """

    kind: Literal["in_place"]
    argument: int = Field(default=0, ge=0, le=20)
    returns_same: bool = True

    @property
    def evidence(self) -> Evidence:
        """Identity is seen beside the student's code; what the argument holds is shipped."""
        return "observed" if self.returns_same else "values"


class NoAliasCheck(CasesCheck):
    """The result shares no memory with an argument."""

    kind: Literal["no_alias"]

    @property
    def evidence(self) -> Evidence:
        """Seen beside the student's code."""
        return "observed"


class GradientsCheck(_ComparedCheck):
    """Gradients of the function by its floating arguments equal the reference's.

    `wrt` names arguments by place or keyword; by default all floating tensors. Wrong ones are
    explained unless `diagnose` is false.
    """

    kind: Literal["gradients"]
    wrt: tuple[int | Name, ...] | None = None
    diagnose: bool = True


class DoubleBackwardCheck(_ComparedCheck):
    """Second derivatives: the gradient of the gradient, along drawn directions."""

    kind: Literal["double_backward"]
    wrt: tuple[int | Name, ...] | None = None


class GradcheckCheck(CasesCheck):
    """The function's own gradients equal numeric differences of its own results, in float64."""

    kind: Literal["gradcheck"]
    wrt: tuple[int | Name, ...] | None = None
    directions: int = Field(default=3, ge=1, le=20)
    step: float = Field(default=1e-6, gt=0, le=0.1)
    tolerance: Tolerance = Tolerance(rtol=1e-4, atol=1e-6)


class ParametersAfterCheck(_ComparedCheck):
    """The parameters of a module after a few optimiser steps equal the reference's.

    Each case makes the module (`made_with`, `with_state`) and gives inputs and targets.
    """

    kind: Literal["parameters_after"]
    optimiser: Name = "SGD"
    options: dict[Name, float | bool] = Field(default={"lr": 0.1})
    loss: Name = "mse_loss"
    steps: int = Field(default=3, ge=1, le=200)


class QualityCheck(CasesCheck):
    """What a trained model gives on hidden data, scored by the reference's function `metric`.

    `at_least` earns full credit; with `baseline`, what lies between earns its share. Outputs have
    the shape of the case's targets, and one more side of `columns` if that is given.
    """

    kind: Literal["quality"]
    metric: Name
    columns: int | None = Field(default=None, ge=1, le=100_000)
    at_least: float
    baseline: float | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.baseline is not None and self.baseline >= self.at_least:
            raise ValueError("`baseline` must be below `at_least`")
        return self


class PrintsCheck(CasesCheck):
    """What is printed while the function runs is what the reference prints, but for outer space."""

    kind: Literal["prints"]

    @property
    def evidence(self) -> Evidence:
        """Taken down beside the student's code."""
        return "observed"


class RaisesCheck(CasesCheck):
    """Each call raises `error`, or a class made from it."""

    kind: Literal["raises"]
    error: Name

    @property
    def evidence(self) -> Evidence:
        """Seen beside the student's code."""
        return "observed"


class FasterThanCheck(_ComparedCheck):
    """At least `times` faster than `call` of the author's file `against`, on the same cases.

    Both are timed whole, from outside, in children of their own; results must be right, but any
    floating dtype may stand for another.
    """

    kind: Literal["faster_than"]
    against: str = Field(pattern=r"^[A-Za-z0-9_][\w-]{0,59}\.py$")
    times: float = Field(gt=1, le=10_000)


class PeakMemoryCheck(CasesCheck):
    """All calls together need at most `limit_mb` above the idle process, measured from outside."""

    kind: Literal["peak_memory"]
    limit_mb: float = Field(gt=0, le=65536)


MOST_SOURCE_KB = 256
"""Python's own parser takes the square of the length for some f-strings: four seconds for these."""

Construct = Literal[
    "loop", "comprehension", "while", "recursion", "slice_assignment", "lambda", "global",
    "import", "try", "class", "print", "eval",
]  # fmt: skip


class SourceCheck(Check):
    """What the source may, must or may not hold, read from its syntax tree.

    `forbid` and `require` list names (`numel`, `torch.sort`) and constructs; `at_most` counts
    constructs. `within` looks at one function or class alone. A variable of the student's own is
    no use of a name, nor is a function of theirs one that could be forbidden.
    """

    kind: Literal["source"]
    forbid: tuple[Dotted, ...] = Field(default=(), max_length=50)
    require: tuple[Dotted, ...] = Field(default=(), max_length=50)
    forbid_constructs: tuple[Construct, ...] = ()
    require_constructs: tuple[Construct, ...] = ()
    at_most: dict[Construct, Annotated[int, Field(ge=0, le=10_000)]] = Field(default_factory=dict)
    within: Dotted | None = None


CodeCheckSpec = (
    CallsCheck
    | InputUnchangedCheck
    | InPlaceCheck
    | NoAliasCheck
    | GradientsCheck
    | DoubleBackwardCheck
    | GradcheckCheck
    | ParametersAfterCheck
    | QualityCheck
    | PrintsCheck
    | RaisesCheck
    | FasterThanCheck
    | PeakMemoryCheck
    | SourceCheck
)
