"""Every sample through the real sandbox and the real judge, and the grade that it must get."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rubrics import samples
from rubrics.findings import WrongSample
from rubrics.grade import QuestionGrade
from rubrics.job import Run
from rubrics.loader import Fault
from rubrics.marked_yaml import Marked
from rubrics.outcome import STUDENT_CODE, Outcome
from rubrics.samples import Expectation, Sample
from rubrics.schema import Assignment
from rubrics.variants import number_of
from xgrad.checking.found import Found

if TYPE_CHECKING:
    from workers.engine import Engine

AT_ONCE = 2
WRONG = (Outcome.WRONG, Outcome.PARTIAL)

Questions = tuple[QuestionGrade, ...]


@dataclass(frozen=True)
class Graded:
    """A sample's grades, round by round, and what its code produced, by question id."""

    sample: Sample
    rounds: list[Questions]
    runs: dict[str, Run]


def grade_all(
    assignment: Assignment,
    found: tuple[Sample, ...],
    rounds: int,
    engine: "Engine",
    step: Callable[[], None],
) -> list[Graded]:
    """Grade every sample that often; `step` is called after each."""

    def one(sample: Sample) -> Graded:
        grades: list[Questions] = []
        runs: dict[str, Run] = {}
        for _ in range(rounds):
            questions, runs = _grade(assignment, sample, engine)
            grades.append(questions)
            step()
        return Graded(sample, grades, runs)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, found))


def as_declared(assignment: Assignment, graded: list[Graded]) -> Found:
    """The faults of every sample whose grade is not the declared one, or not the same again."""
    faults = [fault for one in graded for fault in _judge(assignment.folder, one)]
    return Found(faults=faults)


def wrong_ones(assignment: Assignment, graded: list[Graded]) -> dict[int, list[WrongSample]]:
    """The answers that must not be right, by the variant that they answer."""
    found: dict[int, list[WrongSample]] = {}
    for one in graded:
        number = number_of(assignment, one.sample.seed)
        parsed = samples.read_sample(assignment, one.sample).parsed
        for name, wanted in one.sample.expect.items():
            if name in parsed and wanted.outcome in WRONG:
                head = f"{name}/"
                found.setdefault(number, []).append(
                    WrongSample(
                        name=one.sample.name,
                        question=name,
                        answer=parsed[name],
                        run=one.runs.get(name),
                        checks=_wrong_checks(one, name, wanted),
                        seed=one.sample.seed,
                        others={
                            key.removeprefix(head): run
                            for key, run in one.runs.items()
                            if key.startswith(head)
                        },
                    )
                )
    return found


def _wrong_checks(one: Graded, question: str, wanted: Expectation) -> tuple[str, ...]:
    """By which checks it must be wrong: as declared, wholly, or else as it was judged."""
    (judged,) = (graded.checks for graded in one.rounds[0] if graded.id == question)
    wholly = len(judged) == 1 or wanted.outcome is Outcome.WRONG
    found = []
    for check in judged:
        undeclared = Outcome.WRONG if wholly else check.outcome
        if check.outcome is not Outcome.SKIPPED:
            found += [check.id] if wanted.checks.get(check.id, undeclared) in WRONG else []
    return tuple(found)


def _grade(
    assignment: Assignment, sample: Sample, engine: "Engine"
) -> tuple[Questions, dict[str, Run]]:
    from workers.jobs import run_all
    from workers.pipeline import jobs_of, running

    folder, digest, seed = assignment.folder, assignment.digest, sample.seed
    read = samples.read_sample(assignment, sample)
    runs = run_all(jobs_of(assignment, folder, read.parsed, seed, engine), running(engine))
    verdict = engine.judges.judge(folder, digest, read.parsed, runs, seed)
    return tuple(read.refused.get(one.id, one) for one in verdict.questions), runs


def _judge(folder: Path, graded: Graded) -> list[Fault]:
    sample, at = graded.sample, _lines(folder, graded.sample)
    faults = []
    for name, wanted in sample.expect.items():
        alone = sample.model_copy(update={"expect": {name: wanted}})
        for text in samples.differences(alone, graded.rounds[0]):
            reason = _staff_reason(name, graded.rounds[0])
            faults.append(at(name, text.removeprefix(f"{sample.name}: ") + reason))
    for name in _unsteady(graded.rounds):
        faults.append(at(name, f"{name}: two runs of the same answer got different grades"))
    return faults


def _lines(folder: Path, sample: Sample) -> Callable[[str, str], Fault]:
    """How to place a message at a question's expectation in the sample's file."""
    shown = f"samples/{sample.name}.yaml"
    document = Marked((folder / shown).read_bytes())

    def at(question: str, message: str) -> Fault:
        return Fault(file=shown, line=document.line(("expect", question)), message=message)

    return at


def _staff_reason(name: str, questions: Questions) -> str:
    """What the author must read when it is the rubric that broke."""
    broken = next((one for one in questions if one.id == name), None)
    if broken is None or broken.outcome != Outcome.RUBRIC_ERROR:
        return ""
    failed = [one for one in broken.checks if one.outcome == Outcome.RUBRIC_ERROR]
    said = [f"{one.id}: {one.feedback}" for one in failed] or [broken.feedback]
    return f" ({' '.join(said)})"


def _unsteady(grades: list[Questions]) -> list[str]:
    first = {one.id: _unmeasured(one) for one in grades[0]}
    return sorted(
        {one.id for again in grades[1:] for one in again if _unmeasured(one) != first[one.id]}
    )


def _unmeasured(question: QuestionGrade) -> QuestionGrade:
    """Without the words on a run that was ended: they tell what was measured, never twice alike."""
    if question.outcome not in STUDENT_CODE:
        return question
    checks = tuple(one.model_copy(update={"feedback": ""}) for one in question.checks)
    return question.model_copy(update={"feedback": "", "checks": checks})
