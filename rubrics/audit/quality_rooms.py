"""The room of `quality`: what lies between the reference's score and the threshold is allowed."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch

from rubrics.audit.far import Far, farthest, of_numbers, other_kind
from rubrics.audit.room import made
from rubrics.audit.setting import MOST_S, ORDERS, Setting, ordered
from rubrics.audit.truths import packed, unpacked
from rubrics.checks.attempt import attempt
from rubrics.checks.case import References
from rubrics.checks.hidden import Author, Recorded
from rubrics.checks.over_cases import HIDDEN, shipped
from rubrics.checks.quality import score_of
from rubrics.checks.table import RECORD
from rubrics.code_check_specs import QualityCheck
from rubrics.findings import Room, Truth, WrongSample
from rubrics.reference.gradient import AuthorError
from rubrics.schema import Question

Tried = Iterator[tuple[Far, str]]


@dataclass(frozen=True)
class _Asked:
    """One check, its cases, and what the reference scored in them: float64, one a case."""

    question: Question
    check: QualityCheck
    author: Author
    recorded: Sequence[Recorded]
    scores: torch.Tensor

    @property
    def own(self) -> str:
        return next(iter(self.check.names.values()))

    def off(self, scores: torch.Tensor) -> Far:
        """How far the worst of some scores falls short, of what it may."""
        short, allowed = (self.scores - scores).clamp_min(0), self.scores - self.check.at_least
        if bool((allowed < 0).any()):
            said = f"the reference scores {float(self.scores.min()):.3g}"
            return other_kind(f"{said}, {self.check.at_least:g} is asked for", ())
        never = torch.zeros_like(short, dtype=torch.bool)
        return of_numbers(short, allowed, self.scores, never, ())


def quality_rooms(
    question: Question, references: References, number: int, setting: Setting
) -> Iterator[tuple[Room, Truth | None]]:
    """Of the checks whose function the author's file has too; what fails is told elsewhere."""
    author = references.author
    for check in question.checks:
        if not isinstance(check, QualityCheck):
            continue
        place = (question.id, check.id, check.kind)
        try:
            recorded = _recorded(check, author, (question.id, check.id, number))
            begun, scores = time.monotonic(), _scores(check, author, recorded)
        except AuthorError:
            continue
        truth = setting.truths.get("/".join(place))
        true = scores if truth is None else attempt(partial(_held, truth, scores), scores)
        one = _Asked(question, check, author, recorded, true)
        rights = [(one.off(scores), setting.told(one.own))]
        quick = time.monotonic() - begun < MOST_S / len(ORDERS)
        rights += list(_in_orders(one, setting)) if quick else []
        wrongs = list(_wrongs(one, setting)) if setting.first else []
        said = f"at least {check.at_least:g}"
        room = made(place, (), rights, wrongs, tolerance=said, partly=not quick)
        yield room, packed("/".join(place), [true]) if setting.first else None


def _recorded(check: QualityCheck, author: Author, key: tuple[str, str, int]) -> Sequence[Recorded]:
    return author.recorded(key, check.cases, check.call, RECORD[check.kind](check, author))


def _held(truth: Truth, scores: torch.Tensor) -> torch.Tensor:
    (held,) = unpacked(truth, [scores])
    return torch.as_tensor(held)


def _scores(check: QualityCheck, author: Author, recorded: Sequence[Recorded]) -> torch.Tensor:
    outputs = [author.result(one, check.names)["value"] for one in recorded]
    return _scored(check, author, recorded, outputs)


def _scored(
    check: QualityCheck, author: Author, recorded: Sequence[Recorded], outputs: Sequence[Any]
) -> torch.Tensor:
    """Raises ValueError for outputs that have no score, and AuthorError."""
    pairs = zip(recorded, outputs, strict=True)
    found = [score_of(check, author, given, one.case.targets) for one, given in pairs]
    said = next((score for score in found if isinstance(score, str)), None)
    if said is not None:
        raise AuthorError(said)
    return torch.tensor(found, dtype=torch.float64)


def _in_orders(one: _Asked, setting: Setting) -> Tried:
    for order in filter(None, ORDERS):
        try:
            with ordered(order):
                scores = _scores(one.check, one.author, one.recorded)
        except AuthorError:
            continue  # some code cannot be run so
        yield one.off(scores), setting.told(one.own, order)


def _wrongs(one: _Asked, setting: Setting) -> Tried:
    for sample in setting.samples:
        if one.check.id in sample.checks and sample.question == one.question.id:
            off = attempt(partial(_sample, one, sample), None)
            if off is not None:
                yield off, f"the sample {sample.name}"


def _sample(one: _Asked, sample: WrongSample) -> Far:
    """Its own draw has other cases, so it is compared with the reference's scores in those."""
    run = sample.others[HIDDEN] if one.check.hidden else sample.run
    if run is None:
        raise ValueError("it was not run")
    key = (one.question.id, one.check.id, sample.seed)
    recorded = _recorded(one.check, one.author, key)
    outputs = [shipped(run.calls[case.call.name], "value") for case in recorded]
    true = _scores(one.check, one.author, recorded)
    there = _Asked(one.question, one.check, one.author, recorded, true)
    return farthest([there.off(_scored(one.check, one.author, recorded, outputs))])
