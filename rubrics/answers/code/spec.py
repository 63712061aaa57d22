"""What an author may ask of code."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rubrics.grade import Frozen
from rubrics.job import Limits, Package, Preload
from rubrics.tolerance import FloatName

FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_-]{0,59}\.py$")]
GivenName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}$")]
Tag = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")]


class CodeSpec(Frozen):
    """A Python file, several, or a notebook.

    With `collect` the file is run as a script, and the value it leaves behind under that dotted
    name is compared. Without, it is imported, and checks call what it defines. `files` names
    further files that must come along, `given` files of the assignment's folder that are put
    beside them. Of a notebook (`.ipynb` among `suffixes`) the code cells
    are taken, or only those with one of the `tags`.

    `packages` can be imported besides torch, numpy and sympy, where they are installed. `preload`
    is what the sandbox has imported before the code arrives; anything else it may import costs
    the run its time.

    With `accept_dtypes: same` a collected value must have the dtype given; with `floating` it may
    have any real floating type, and is judged by the tolerance of `dtype` all the same. Where the
    reference is no real floating tensor, what it is decides: whole numbers, truth values, complex
    numbers, words, lists and dicts are asked for as it gives them.
    """

    kind: Literal["code"]
    collect: str | None = Field(
        default=None, pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$", max_length=100
    )
    entry: FileName = "answer.py"
    files: tuple[FileName, ...] = Field(default=(), max_length=20)
    given: tuple[GivenName, ...] = Field(default=(), max_length=20)
    suffixes: tuple[Literal[".py", ".ipynb"], ...] = Field(default=(".py",), min_length=1)
    tags: tuple[Tag, ...] = Field(default=(), max_length=20)
    max_kb: int = Field(default=256, ge=1, le=1024)
    dtype: FloatName = "float32"
    accept_dtypes: Literal["same", "floating"] = "same"
    limits: Limits = Limits()
    packages: tuple[Package, ...] = Field(default=(), max_length=5)
    preload: Preload = "torch"

    @property
    def collected(self) -> str:
        """The name whose value is read; empty where none is."""
        return self.collect or ""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.entry in self.files:
            raise ValueError("`files` names further files: leave the entry out")
        if {self.entry, *self.files} & set(self.given):
            raise ValueError("`given` names files of yours: leave the student's out")
        if self.tags and ".ipynb" not in self.suffixes:
            raise ValueError("`tags` select cells of a notebook: add .ipynb to `suffixes`")
        if not self.entry.removesuffix(".py").isidentifier():
            raise ValueError("`entry` must be a name that can be imported")
        return self
