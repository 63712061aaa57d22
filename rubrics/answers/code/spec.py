"""What an author may ask of a script."""

from typing import Literal

from pydantic import Field

from rubrics.grade import Frozen
from rubrics.job import Limits
from rubrics.tolerance import FloatName


class CodeSpec(Frozen):
    """One Python file that leaves a value behind under the dotted name `collect`.

    With `accept_dtypes: same` the value must have the dtype given; with `floating` it may have
    any real floating type, and is judged by the tolerance of `dtype` all the same.
    """

    kind: Literal["code"]
    collect: str = Field(pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$", max_length=100)
    entry: str = Field(default="answer.py", pattern=r"^[A-Za-z0-9_][A-Za-z0-9_-]{0,59}\.py$")
    suffixes: tuple[Literal[".py"], ...] = (".py",)
    max_kb: int = Field(default=256, ge=1, le=1024)
    dtype: FloatName = "float32"
    accept_dtypes: Literal["same", "floating"] = "same"
    limits: Limits = Limits()
