"""Samples prove something only if they show every kind of answer that will come."""

from collections.abc import Iterable

from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.expression.spec import ExpressionSpec
from rubrics.loader import Fault
from rubrics.outcome import STUDENT_CODE, Outcome
from rubrics.samples import Expectation, Sample
from rubrics.schema import Assignment, Question
from xgrad.checking.found import Found

WRONG = frozenset({Outcome.WRONG, Outcome.PARTIAL})


def kinds(assignment: Assignment, samples: tuple[Sample, ...]) -> Found:
    """An assignment without a right and a wrong sample is at fault; other kinds are advised."""
    found = Found()
    judged = [one for one in assignment.questions if _by_machine(one)]
    if not judged:
        return found
    outcomes = {one.outcome for sample in samples for one in sample.expect.values()}
    if Outcome.CORRECT not in outcomes:
        found.faults.append(_at("no sample has a right answer: add one that must be `correct`"))
    if not outcomes & WRONG:
        found.faults.append(_at("no sample has a wrong answer: add one that must be `wrong`"))
    found.warnings += [_at(text) for text in _advice(judged, samples, outcomes)]
    return found


def _advice(
    judged: list[Question], samples: tuple[Sample, ...], outcomes: set[Outcome]
) -> Iterable[str]:
    for question in judged:
        expected = [one.expect[question.id] for one in samples if question.id in one.expect]
        if not any(_full(one, question) for one in expected):
            yield f"no sample earns all the points of `{question.id}`"
        if not any(one.outcome in WRONG | STUDENT_CODE for one in expected):
            yield f"no sample has `{question.id}` wrong"
    if not any(_empty(sample) for sample in samples):
        yield "no sample is empty: expect `wrong` for a question that is not answered"
    if Outcome.MALFORMED not in outcomes and _readable(judged):
        yield "no sample is malformed: add an answer that cannot be read"
    if not any(_hostile(one) for sample in samples for one in sample.expect.values()) and _run(
        judged
    ):
        yield "no sample is hostile: add code that crashes, never ends, or reaches for a file"


def _full(one: Expectation, question: Question) -> bool:
    return one.score is not None and abs(one.score - question.points) <= 1e-9


def _empty(sample: Sample) -> bool:
    unanswered = set(sample.expect) - set(sample.answers)
    blank = (one for one in sample.answers.values() if not one.text.strip())
    return bool(unanswered) or any(not b"".join(one.files.values()).strip() for one in blank)


def _hostile(one: Expectation) -> bool:
    """A question that earned points elsewhere is `partial`: its checks keep their own endings."""
    return bool({one.outcome, *one.checks.values()} & STUDENT_CODE)


def _by_machine(question: Question) -> bool:
    return any(check.kind != "person" for check in question.checks)


def _run(judged: list[Question]) -> bool:
    return any(isinstance(spec, CodeSpec) for one in judged for spec in one.answers)


def _readable(judged: list[Question]) -> bool:
    """A choice is malformed only if somebody forges the form."""
    typed = ("number", "tensor", "code")
    specs = [spec for one in judged for spec in one.answers]
    return any(spec.kind in typed or isinstance(spec, ExpressionSpec) for spec in specs)


def _at(message: str) -> Fault:
    return Fault(file="samples", line=1, message=message)
