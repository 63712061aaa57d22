"""Every sample of the library through the real sandbox and judges, compared twice: with the grade
that its author declares, and with the one that somebody gave by hand.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from rubrics import loader
from rubrics.answers import spec_for
from rubrics.grade import QuestionGrade
from rubrics.samples import Sample, load_samples
from rubrics.schema import Assignment
from tests.golden import blind
from workers.engine import Engine
from xgrad.checking import grading


@dataclass
class Verdicts:
    """One assignment: how many of its samples were judged, of which kinds, and what is wrong."""

    key: str
    samples: int = 0
    kinds: set[str] = field(default_factory=set)
    settled: int = 0
    wrong: list[str] = field(default_factory=list)


def assignments() -> list[Assignment]:
    """All of the library, by key."""
    found = loader.find(loader.library_roots())
    return [loader.load(folder) for _, folder in sorted(found.items())]


def judged(assignment: Assignment, engine: Engine, step: Callable[[], None]) -> Verdicts:
    """Grade every sample once; `step` is called after each."""
    samples = load_samples(assignment)
    graded = grading.grade_all(assignment, samples, 1, engine, step)
    verdicts = Verdicts(assignment.key, len(samples))
    declared = grading.as_declared(assignment, graded)
    verdicts.wrong += [str(fault) for fault in declared.faults]
    by_hand = blind.load(assignment.key)
    for one in graded:
        name, mine = one.sample.name, by_hand.get(one.sample.name, {})
        verdicts.kinds |= set(_kinds(assignment, one.sample))
        verdicts.settled += sum(bool(theirs.settled) for theirs in mine.values())
        verdicts.wrong += blind.differences(name, mine, one.rounds[0])
        verdicts.wrong += _ungraded(one.sample, mine, one.rounds[0])
    return verdicts


def _kinds(assignment: Assignment, sample: Sample) -> Iterator[str]:
    for name, answer in sample.answers.items():
        yield spec_for(assignment.question(name), answer.kind).kind


def _ungraded(
    sample: Sample, mine: dict[str, blind.Blind], graded: tuple[QuestionGrade, ...]
) -> Iterator[str]:
    """Every answer of a sample has been graded by hand too."""
    known = {one.id for one in graded}
    for question in sample.answers:
        if question in known and question not in mine:
            yield f"{sample.name}/{question}: nobody has graded it by hand"
