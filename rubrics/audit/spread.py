"""How far right answers lie apart, and how near the nearest known wrong one comes."""

from collections.abc import Iterator, Sequence

import torch

from rubrics.audit.asked import Asked, asked
from rubrics.audit.case_rights import rights
from rubrics.audit.case_wrongs import wrongs as wrong_in_cases
from rubrics.audit.cases import OverCases, over_cases, truth_of
from rubrics.audit.far import Far
from rubrics.audit.plain_rooms import plain_rooms
from rubrics.audit.quality_rooms import quality_rooms
from rubrics.audit.room import made
from rubrics.audit.setting import Setting
from rubrics.audit.slopes import slopes
from rubrics.audit.typed import hold, loose, rights_of, truth_of_values, wrongs_of
from rubrics.findings import Measured, Room, Truth
from rubrics.judge.posed import Posed
from rubrics.reference.gradient import AuthorError

Found = Iterator[tuple[Room | None, Truth | None]]


def measure(posed: Posed, question: str, setting: Setting) -> Measured:
    """The room of every numeric check of one question, right answers worked out in that setting.

    What fails is left out: that is told where the variant is looked at.
    """
    torch.set_num_threads(setting.threads)
    try:
        found = list(_rooms(posed, question, setting))
    finally:
        torch.set_num_threads(1)
    rooms = tuple(room for room, _ in found if room is not None)
    return Measured(rooms=rooms, truths=tuple(truth for _, truth in found if truth is not None))


def _rooms(posed: Posed, name: str, setting: Setting) -> Found:
    question = next(one for one in posed.questions if one.id == name)
    references = posed.references[name]
    for one in asked(question, references):
        try:
            yield _of_values(one, setting), truth_of_values(one) if setting.first else None
        except AuthorError:
            continue
    yield from plain_rooms(question, references, setting)
    for case in over_cases(question, references, posed.number, setting):
        try:
            yield _of_cases(case, setting), truth_of(case) if setting.first else None
        except AuthorError:
            continue
    yield from quality_rooms(question, references, posed.number, setting)
    yield from ((room, None) for room in slopes(question, references, posed.number, setting))


def _of_values(one: Asked, setting: Setting) -> Room:
    hold(one, setting)
    found = rights_of(one, setting)
    wrong = list(wrongs_of(one, setting)) if setting.first else []
    return made(
        (one.question.id, one.check.id, one.spec.kind),
        one.bases,
        found,
        wrong,
        tolerance=one.allowed,
        loose=loose(one),
        exact=one.exact,
    )


def _of_cases(one: OverCases, setting: Setting) -> Room | None:
    """None where only words and whole numbers are compared: they have no tolerance."""
    if not one.dtype:
        return None
    tried = rights(one, setting)
    wrong: Sequence[tuple[Far, str]] = list(wrong_in_cases(one, setting)) if setting.first else []
    place = (one.question.id, one.check.id, one.check.kind)
    allowed = one.allowed
    return made(place, one.bases, tried.found, wrong, tolerance=allowed, partly=tried.partly)
