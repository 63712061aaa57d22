"""Misconceptions as code must be wrong, differ from each other, and be more than chance."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from rubrics.answers.code.spec import CodeSpec
from rubrics.answers.produced import Incomparable
from rubrics.audit.asked import Asked, asked, plain_ones
from rubrics.audit.pretended import given, pretended
from rubrics.check_base import Misconception
from rubrics.check_specs import ValuesCheck
from rubrics.checks.case import Plain, References
from rubrics.checks.close import Rules
from rubrics.checks.hidden import Expected, Recorded
from rubrics.checks.matching import match
from rubrics.checks.mistakes import WEIGHT, names_of
from rubrics.checks.plain_values import compare
from rubrics.checks.plain_values import rules_of as rules_of_plain
from rubrics.checks.table import RECORD
from rubrics.checks.telling import Result, telling, telling_results
from rubrics.checks.values import agree
from rubrics.code_check_specs import CallsCheck
from rubrics.findings import Finding
from rubrics.reference.gradient import AuthorError
from rubrics.reference.load import Expected as Values
from rubrics.schema import Question

NO_RIGHT = "the mistake"
"""How all of these findings begin: none may be left as it is."""

BY_CHANCE = "is like many wrong answers that come of chance: it will never be named"


@dataclass(frozen=True)
class _Said:
    """`place` is the mistake's among those of its check."""

    place: int
    text: str


def unfit_mistakes(question: Question, references: References, number: int) -> Iterator[Finding]:
    """What is wrong with the mistakes of every check of one question, posed as that variant."""
    for one in asked(question, references):
        for said in _in_values(one):
            yield _finding(question, one.check.id, said)
    for values, spec, true in plain_ones(question, references):
        for said in _in_plain(values, spec, references, true):
            yield _finding(question, values.id, said)
    for check in question.checks:
        if isinstance(check, CallsCheck) and check.mistakes:
            for said in _in_calls(check, question, references, number):
                yield _finding(question, check.id, said)


def _finding(question: Question, check: str, said: _Said) -> Finding:
    part = ("mistakes", said.place)
    return Finding(question=question.id, check=check, message=said.text, part=part)


def _in_values(one: Asked) -> Iterator[_Said]:
    mistakes = one.check.mistakes
    found, faults = _worked_out(
        mistakes, lambda name: one.references.expected(name, one.spec.dtype), one.answering
    )
    yield from faults
    try:
        true = one.expected
    except AuthorError:
        return  # told where the check itself is looked at
    for at, wrong in found.items():
        name = mistakes[at].reference
        if not bool(wrong.exact.isfinite().all()):
            yield _Said(at, f"{NO_RIGHT} `{name}` is not finite, so no answer is like it")
        elif _same(one, wrong, true):
            yield _Said(at, f"{NO_RIGHT} `{name}` is right")
        elif not telling(
            wrong.exact, one.answering(wrong, wrong).allowed, true.exact, WEIGHT / len(mistakes)
        ):
            yield _Said(at, f"{NO_RIGHT} `{name}` {BY_CHANCE}")
    yield from _alike(mistakes, found, lambda left, right: _same(one, left, right))


def _same(one: Asked, given_: Values, true: Values) -> bool:
    """Would the numbers of `given_` pass where those of `true` are right?"""
    try:
        return bool(agree(one.answering(given_, true), true, allow_nonfinite=False).all())
    except Incomparable:
        return False


def _in_plain(
    check: ValuesCheck, spec: CodeSpec, references: References, true: Plain
) -> Iterator[_Said]:
    def work_out(name: str) -> Plain:
        found = references.plain(name, spec.dtype)
        if found is None:
            raise AuthorError("it gives numbers where the reference gives words, or a dict")
        return found

    def same(left: Plain, right: Plain) -> bool:
        return compare(check, spec, given(left[0]), right).share == 1

    found, faults = _worked_out(check.mistakes, work_out, same)
    yield from faults
    for at, wrong in found.items():
        name, weight = check.mistakes[at].reference, WEIGHT / len(check.mistakes)
        if same(wrong, true):
            yield _Said(at, f"{NO_RIGHT} `{name}` is right")
        elif not telling_results([(wrong, true[1])], rules_of_plain(check), weight):
            yield _Said(at, f"{NO_RIGHT} `{name}` {BY_CHANCE}")
    yield from _alike(check.mistakes, found, same)


def _in_calls(
    check: CallsCheck, question: Question, references: References, number: int
) -> Iterator[_Said]:
    author = references.author
    try:
        recorded = author.recorded(
            (question.id, check.id, number), check.cases, check.call, RECORD["calls"](check, author)
        )
        true = [author.expected(one, check.names) for one in recorded]
    except AuthorError:
        return  # told where the check itself is looked at
    rules = Rules(check.strict, check.tolerance, allow_nonfinite=True)

    def same(left: Sequence[Expected], right: Sequence[Expected]) -> bool:
        pairs = zip(left, right, strict=True)
        return all(_like(one.plain["value"], other, rules) for one, other in pairs)

    found, faults = _worked_out(
        check.mistakes,
        lambda name: _results(check, references, recorded, name),
        lambda wrong, _: same(wrong, wrong),
    )
    yield from faults
    for at, wrong in found.items():
        name, weight = check.mistakes[at].reference, WEIGHT / len(check.mistakes)
        if same(wrong, true):
            yield _Said(at, f"{NO_RIGHT} `{name}` is right in every case")
        elif not telling_results(_with_right(wrong, true), rules, weight):
            yield _Said(at, f"{NO_RIGHT} `{name}` {BY_CHANCE}")
    yield from _alike(check.mistakes, found, same)


def _with_right(
    wrong: Sequence[Expected], true: Sequence[Expected]
) -> Iterator[tuple[Result, Any]]:
    for one, right in zip(wrong, true, strict=True):
        yield (one.plain["value"], one.exact["value"]), right.exact["value"]


def _results(
    check: CallsCheck, references: References, recorded: Sequence[Recorded], name: str
) -> list[Expected]:
    names = names_of(check, name)
    return [pretended(references.author, one, names) for one in recorded]


def _like(value: Any, true: Expected, rules: Rules) -> bool:
    exact = true.exact["value"]
    return match("it", given(value), true.plain["value"], exact, rules).share == 1


def _worked_out(
    mistakes: Sequence[Misconception],
    work_out: Callable[[str], Any],
    judge: Callable[[Any, Any], object],
) -> tuple[dict[int, Any], list[_Said]]:
    """What each mistake gives, by its place, once an answer like it could be judged."""
    found: dict[int, Any] = {}
    faults: list[_Said] = []
    for at, one in enumerate(mistakes):
        try:
            wrong = work_out(one.reference)
            judge(wrong, wrong)
            found[at] = wrong
        except AuthorError as fault:
            line = f" (line {fault.line})" if fault.line else ""
            faults.append(_Said(at, f"{NO_RIGHT} `{one.reference}` fails{line}: {fault}"))
    return found, faults


def _alike(
    mistakes: Sequence[Misconception], found: dict[int, Any], same: Callable[[Any, Any], bool]
) -> Iterator[_Said]:
    for left, right in combinations(found, 2):
        if same(found[left], found[right]) or same(found[right], found[left]):
            first, second = mistakes[left].reference, mistakes[right].reference
            yield _Said(right, f"{NO_RIGHT} `{second}` gives the same as `{first}`")
