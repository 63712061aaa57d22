"""What an author may ask of a scan."""

from typing import Literal

from pydantic import Field

from rubrics.grade import Frozen

Type = Literal["pdf", "png", "jpeg"]

SUFFIXES: dict[str, tuple[str, ...]] = {
    "pdf": (".pdf",),
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg"),
}


class ScanSpec(Frozen):
    """A PDF, or photos of pages, for a person to read.

    `max_mb` is for each file, `max_megapixels` for each image as its header declares it.
    """

    kind: Literal["scan"]
    types: tuple[Type, ...] = Field(default=("pdf", "png", "jpeg"), min_length=1, max_length=3)
    max_files: int = Field(default=10, ge=1, le=50)
    max_mb: float = Field(default=8.0, gt=0, le=100)
    max_megapixels: float = Field(default=60.0, gt=0, le=400)

    @property
    def suffixes(self) -> tuple[str, ...]:
        """For the file chooser of the page."""
        return tuple(suffix for one in self.types for suffix in SUFFIXES[one])
