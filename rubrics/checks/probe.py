"""One case of a check that is the same for all submissions of a variant: its probe.

Why an answer is wrong is looked up in what was worked out for the probe once, not worked out anew
for inputs that no other submission has. It earns nothing and costs nothing: whoever knows it by
heart has gained nothing, for points hang on the cases that are drawn for the submission.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

import torch

from rubrics.checks.attempt import attempt
from rubrics.checks.derived import Derived
from rubrics.checks.hidden import FLOATING, Author, Expected, Record, Recorded
from rubrics.checks.slip_table import table_of, try_table
from rubrics.code_check_specs import CasesCheck
from rubrics.diagnose import Table
from rubrics.reference.cases import Case

ENOUGH = 64
"""More components than this say no more about what went wrong."""

TRIES = 8
"""Cases that are looked at until one is found of which there can be tables."""

Named = tuple[Table, str]
"""The slips of the gradient by one argument, and the argument's name."""


@dataclass
class Probe:
    """The case, and what was worked out for it: ahead or at need, and kept with its variant."""

    author: Author
    recorded: Recorded
    derived: Derived | None
    _tables: dict[int, Named | None] = field(default_factory=dict)
    _mistaken: dict[str, Expected] = field(default_factory=dict)

    def warm(self) -> None:
        """Make every table now. Raises AuthorError."""
        if self.derived is not None:
            for at in range(len(self.derived.right(self.author, self.recorded).true)):
                self.table(at)

    def table(self, at: int) -> Named | None:
        """The slips by the argument at place `at`; None if there can be none, which is kept too."""
        if at not in self._tables:
            self._tables[at] = attempt(lambda: self._table(at), None)
        return self._tables[at]

    def _table(self, at: int) -> Named | None:
        if self.derived is None:
            return None
        right = self.derived.right(self.author, self.recorded)
        return table_of(self.author, self.derived, right, at)

    def mistaken(self, reference: str, names: dict[str, str]) -> Expected:
        """What another function of the author's gives in the reference's place.

        Raises AuthorError.
        """
        if reference not in self._mistaken:
            unknown = replace(self.recorded, expected=None)
            self._mistaken[reference] = self.author.expected(unknown, names)
        return self._mistaken[reference]


class Probes:
    """The probes of one question in one variant, by their checks' ids."""

    def __init__(self, author: Author) -> None:
        self._author = author
        self._kept: dict[str, Probe | None] = {}

    def of(self, spec: CasesCheck, record: Record, derived: Derived | None) -> Probe | None:
        """The check's probe; None if no case will do, or if the author's code fails."""
        if spec.id not in self._kept:
            self._kept[spec.id] = attempt(lambda: self._made(spec, record, derived), None)
        return self._kept[spec.id]

    def _made(self, spec: CasesCheck, record: Record, derived: Derived | None) -> Probe | None:
        for recorded in self._tried(spec, record):
            if derived is None or attempt(partial(self._fits, derived, recorded), False):
                return Probe(self._author, recorded, derived)
        return None

    def _fits(self, derived: Derived, recorded: Recorded) -> bool:
        try_table(self._author, derived, derived.right(self._author, recorded))
        return True

    def _tried(self, spec: CasesCheck, record: Record) -> Iterator[Recorded]:
        """The most telling first: of many components; of equals the last, for odd ones come first.

        The seed is the check's own, so another submission's plan has the very same job.
        """
        key = ("probe", spec.id, zlib.crc32(f"probe of {spec.id}".encode()))
        found = self._author.drawn(spec.cases, key[2])
        order = sorted(range(len(found)), key=lambda at: (_telling(found[at]), at), reverse=True)
        for at in order[:TRIES]:
            yield self._author.record(key, at, spec.call, found[at], record)


def _telling(case: Case) -> int:
    given = [*case.args, *case.kwargs.values()]
    floats = (one for one in given if isinstance(one, torch.Tensor) and one.dtype in FLOATING)
    return min(ENOUGH, sum(one.numel() for one in floats))
