"""An assignment as one variant poses it: drawn, and its references kept for the next answers."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from rubrics.checks.case import References
from rubrics.checks.other_variant import Neighbours, Variants
from rubrics.diagnose import FAMILIES, SINGLY, Families
from rubrics.reference.load import ReferenceFile
from rubrics.schema import Assignment, Question
from rubrics.variants import Params, draw_number, number_of, shown, varied

KEPT = 32
"""Variants whose references and tables of slips stay in memory, the last used ones."""


@dataclass(frozen=True)
class Posed:
    """The questions of one variant, and each one's references by its id."""

    number: int
    questions: tuple[Question, ...]
    references: Mapping[str, References]


class Poser:
    """Poses the variant of a seed; without parameters there is but one."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._path = assignment.folder / assignment.reference
        self._file = ReferenceFile(self._path)
        self._kept: OrderedDict[int, Posed] = OrderedDict()
        self._variants = {
            one.id: Variants(self._file, partial(self._every, one.id))
            for one in assignment.questions
        }

    def posed(self, seed: int) -> Posed:
        """The variant of that seed."""
        number = number_of(self._assignment, seed)
        if number not in self._kept:
            self._kept[number] = self._pose(number)
        self._kept.move_to_end(number)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return self._kept[number]

    def apart(self, number: int) -> Posed:
        """The variant to be tried out: not kept, and with slips made singly only."""
        return self._pose(number, SINGLY)

    def _pose(self, number: int, families: Families = FAMILIES) -> Posed:
        variant = draw_number(self._assignment, number)
        several = varied(self._assignment)
        references = {
            name: References(
                self._path,
                self._file,
                params,
                Neighbours(self._variants[name], number) if several else None,
                families,
            )
            for name, params in variant.questions.items()
        }
        return Posed(number, shown(self._assignment, variant).questions, references)

    def _every(self, question: str) -> Mapping[int, Params]:
        """The values of a question in every variant that students may get."""
        numbers = self._assignment.variants.numbers
        return {at: draw_number(self._assignment, at).questions[question] for at in numbers}
