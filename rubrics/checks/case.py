"""What a check is given: one answer, and the author's references."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from rubrics.answers import ParsedAnswer
from rubrics.answers.produced import FLOATS
from rubrics.checks.hidden import Author, Record, Recorded
from rubrics.checks.other_variant import Neighbours
from rubrics.checks.probe import Probes
from rubrics.diagnose import FAMILIES, Families, Table, build
from rubrics.job import Run
from rubrics.reference.gradient import AuthorError
from rubrics.reference.load import NO_PARAMS, Expected, ReferenceFile, blamed_on_author
from rubrics.reference.plain import is_plain
from rubrics.schema import Question
from rubrics.variants import Params

Plain = tuple[Any, Any]
"""A plain value as the author gave it, and in float64."""


class References:
    """One question's references in one variant, and their tables of slips: made once and kept.

    `neighbours` are the other variants, if there are any; `families` the slips to try.
    """

    def __init__(
        self,
        path: Path,
        file: ReferenceFile | None = None,
        params: Params = NO_PARAMS,
        neighbours: Neighbours | None = None,
        families: Families = FAMILIES,
    ) -> None:
        self._path = path
        self._file = file or ReferenceFile(path)
        self._params = params
        self._families = families
        self._expected: dict[tuple[str, str], Expected] = {}
        self._plain: dict[tuple[str, str], Plain | None] = {}
        self._tables: dict[str, Table | AuthorError | None] = {}
        self.author = Author(self._file, path, params)
        self.probes = Probes(self.author)
        self.neighbours = neighbours

    def expected(self, name: str, dtype: str) -> Expected:
        """What the reference `name` gives, in float64 and in `dtype`. Raises AuthorError."""
        key = (name, dtype)
        if key not in self._expected:
            self._expected[key] = self._file.expected(name, FLOATS[dtype], self._params)
        return self._expected[key]

    def plain(self, name: str, dtype: str) -> Plain | None:
        """What the reference `name` gives in `dtype` and in float64, if it is no array of numbers.

        Raises AuthorError.
        """
        key = (name, dtype)
        if key not in self._plain:
            both = (FLOATS[dtype], torch.float64)
            own, exact = (self._file.found(name, one, self._params) for one in both)
            again = self._file.found(name, torch.float64, self._params) if is_plain(exact) else None
            if is_plain(exact) and repr(again) != repr(exact):
                raise AuthorError(f"`{name}` gives other values each time: fix its seed")
            self._plain[key] = (own, exact) if is_plain(exact) else None
        return self._plain[key]

    def hold(self, name: str, dtype: str, exact: torch.Tensor, in_dtype: torch.Tensor) -> None:
        """From now on the reference `name` gives what was worked out elsewhere.

        Raises AuthorError if it fails here.
        """
        own = self.expected(name, dtype)
        self._expected[(name, dtype)] = Expected(exact, in_dtype, own.gradient)

    def value(self, name: str, dtype: str) -> torch.Tensor:
        """What the reference `name` gives in `dtype`, worked out anew.

        As float64, or complex128 where it is complex. Raises AuthorError.
        """
        found = self._file.value(name, FLOATS[dtype], self._params)
        return found.to(torch.complex128 if found.is_complex() else torch.float64)

    def table(self, name: str, dtype: str) -> Table | None:
        """The slips of the reference `name`; None if it is not a gradient. Raises AuthorError.

        A table that fails is not tried again: each wrong answer would pay for it.
        """
        if name not in self._tables:
            self._tables[name] = self._built(name, dtype)
        found = self._tables[name]
        if isinstance(found, AuthorError):
            raise found
        return found

    def _built(self, name: str, dtype: str) -> Table | AuthorError | None:
        gradient = self.expected(name, dtype).gradient
        try:
            with blamed_on_author(self._path.name):
                return None if gradient is None else build(gradient, self._families)
        except AuthorError as fault:
            return fault


@dataclass(frozen=True)
class Case:
    """One answer to judge. `seed` is the submission's, for checks that draw hidden inputs.

    `others` are the runs that a check asked for beside `run`, by "check/side".
    """

    question: Question
    parsed: ParsedAnswer
    run: Run | None
    references: References
    seed: int
    others: Mapping[str, Run] = field(default_factory=dict)

    @property
    def author(self) -> Author:
        """The author's file, for checks over hidden cases."""
        return self.references.author

    def recorded(self, spec: Any, record: Record) -> tuple[Recorded, ...]:
        """The hidden cases of a check, as they were planned. Raises AuthorError."""
        key = (self.question.id, spec.id, self.seed)
        return self.author.recorded(key, spec.cases, spec.call, record)
