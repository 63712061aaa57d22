"""Samples of an assignment: answers, and the grade that each must get.

A sample is `samples/<name>.yaml`; scripts lie beside it and are named by `file`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from rubrics.answers import MalformedAnswer, ParsedAnswer, RawAnswer, parse_answer
from rubrics.grade import Frozen, QuestionGrade
from rubrics.loader import AssignmentError, Fault
from rubrics.marked_yaml import Marked, YamlFault
from rubrics.misspelt import told
from rubrics.outcome import Outcome
from rubrics.schema import Assignment, Question

_PART = r"[A-Za-z0-9_][\w.-]{0,79}"
FileName = Annotated[str, Field(pattern=rf"^({_PART}/)?{_PART}$")]


SEED = 20_260_101
SCORE_ROOM = 5e-4
"""Authors write thirds of points with three decimals."""


class SampleAnswer(Frozen):
    """What is sent for one question: typed text, or the names of files beside the sample.

    A file may lie in a folder there, and is sent without it: samples may so send different files
    of one name.
    """

    kind: str
    text: str = ""
    file: FileName | None = None
    files: tuple[FileName, ...] = Field(default=(), max_length=50)

    @property
    def names(self) -> tuple[str, ...]:
        """Every file that is sent."""
        return (*([self.file] if self.file else []), *self.files)


class Expectation(Frozen):
    """The grade that one question must get; `diagnoses` lists kinds, the likeliest first.

    `checks` gives outcomes by the ids of checks; those that are not listed may end in any way.
    """

    outcome: Outcome
    score: float | None = None
    diagnoses: tuple[str, ...] = ()
    checks: dict[str, Outcome] = Field(default_factory=dict)


class SampleFile(Frozen):
    """The content of a sample. A question without an expectation may get any grade.

    `seed` says which variant was answered, and which hidden inputs are drawn.
    """

    about: str = Field(min_length=1)
    seed: int = Field(default=SEED, ge=0, lt=2**62)
    answers: dict[str, SampleAnswer]
    expect: dict[str, Expectation] = Field(min_length=1)


class Sample(Frozen):
    """A loaded sample: answers as a student would send them."""

    name: str
    about: str
    seed: int
    answers: dict[str, RawAnswer]
    expect: dict[str, Expectation]


class ReadSample(Frozen):
    """A sample's answers that could be read, and the grades of those that could not."""

    parsed: dict[str, ParsedAnswer]
    refused: dict[str, QuestionGrade]


def load_samples(assignment: Assignment) -> tuple[Sample, ...]:
    """Every sample of the assignment, by name. Raises AssignmentError with all faults."""
    faults: list[Fault] = []
    found = [
        sample
        for file in sorted((assignment.folder / "samples").glob("*.yaml"))
        if (sample := _load(assignment, file, faults)) is not None
    ]
    if faults:
        raise AssignmentError(faults)
    return tuple(found)


def read_sample(assignment: Assignment, sample: Sample) -> ReadSample:
    """Read the answers as intake would; one that cannot be read is `malformed`."""
    parsed: dict[str, ParsedAnswer] = {}
    refused: dict[str, QuestionGrade] = {}
    for name, raw in sample.answers.items():
        question = assignment.question(name)
        try:
            parsed[name] = parse_answer(question, raw)
        except MalformedAnswer as why:
            refused[name] = malformed_grade(question, why)
    return ReadSample(parsed=parsed, refused=refused)


def malformed_grade(question: Question, why: MalformedAnswer) -> QuestionGrade:
    """What an unreadable answer would earn, where it was not turned away at once."""
    return QuestionGrade(
        id=question.id,
        score=0.0,
        max_score=question.points,
        outcome=Outcome.MALFORMED,
        feedback=f"{why.message} {why.remedy}",
    )


def differences(sample: Sample, questions: Sequence[QuestionGrade]) -> list[str]:
    """How the grades given differ from those that the sample must get; empty when they agree."""
    given = {question.id: question for question in questions}
    return [
        f"{sample.name}: {name}: expected {_said(want)}, got {_said(got)}"
        for name, want in sample.expect.items()
        if (got := _got(given.get(name))) is None or not _agree(want, got)
    ]


def _load(assignment: Assignment, file: Path, faults: list[Fault]) -> Sample | None:
    shown = f"samples/{file.name}"
    try:
        document = Marked(file.read_bytes())
        content = SampleFile.model_validate(document.data)
    except YamlFault as fault:
        faults.append(Fault(file=shown, line=fault.line, message=str(fault)))
        return None
    except ValidationError as error:
        for path, said in told(error, SampleFile, document.data):
            where = ".".join(map(str, path))
            faults.append(Fault(file=shown, line=document.line(path), message=f"{where}: {said}"))
        return None
    known = {question.id for question in assignment.questions}
    for name in sorted({*content.answers, *content.expect} - known):
        line = document.line(("answers" if name in content.answers else "expect", name))
        faults.append(Fault(file=shown, line=line, message=f"there is no question `{name}`"))
    return _with_files(file, shown, document, content, faults)


def _with_files(
    file: Path, shown: str, document: Marked, content: SampleFile, faults: list[Fault]
) -> Sample:
    answers: dict[str, RawAnswer] = {}
    for name, answer in content.answers.items():
        files: dict[str, bytes] = {}
        for one in answer.names:
            try:
                files[one.rpartition("/")[2]] = (file.parent / one).read_bytes()
            except OSError:
                where = ("answers", name, "file" if one == answer.file else "files")
                line = document.line(where)
                message = f"`{one}` cannot be read"
                faults.append(Fault(file=shown, line=line, message=message))
        answers[name] = RawAnswer(kind=answer.kind, text=answer.text, files=files)
    return Sample(
        name=file.stem,
        about=content.about,
        seed=content.seed,
        answers=answers,
        expect=content.expect,
    )


def _got(grade: QuestionGrade | None) -> Expectation | None:
    if grade is None:
        return None
    kinds = tuple(one.kind for check in grade.checks for one in check.diagnoses)
    ends = {check.id: check.outcome for check in grade.checks}
    return Expectation(outcome=grade.outcome, score=grade.score, diagnoses=kinds, checks=ends)


def _agree(want: Expectation, got: Expectation) -> bool:
    if want.score is None or got.score is None:
        scores = want.score is got.score
    else:
        scores = abs(want.score - got.score) < SCORE_ROOM
    ends = want.checks.items() <= got.checks.items()
    return scores and ends and want.outcome == got.outcome and want.diagnoses == got.diagnoses


def _said(one: Expectation | None) -> str:
    if one is None:
        return "no grade"
    score = "no score" if one.score is None else f"{one.score:g}"
    kinds = f" ({', '.join(one.diagnoses)})" if one.diagnoses else ""
    ends = ", ".join(f"{name} {outcome}" for name, outcome in one.checks.items())
    return f"{one.outcome} {score}{kinds}" + (f" [{ends}]" if ends else "")
