"""The audit log in words: who did what, to what, and how."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from grader.store.queries import audit
from grader.store.queries.audit import AuditView, Subject
from grader.web.dashboard.rules import in_words

LONGEST = 300
DIGITS = 12
"""Of a digest; staff compare them with those of a submission's page."""


_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\Z")


class Act(NamedTuple):
    """One line; names and values in it are hostile text at times, for the page to escape."""

    at: datetime
    who: str
    what: str
    subject_id: str
    subject: Subject
    detail: list[tuple[str, str]]


def told(session: Session, acts: Iterable[AuditView]) -> list[Act]:
    """The acts, with the things they were done to by name."""
    acts = list(acts)
    ids = {one.subject_id for one in acts} | {_person(one.detail) for one in acts}
    known = audit.subjects(session, ids - {""})
    return [
        Act(
            one.at,
            one.actor,
            words(one.action),
            one.subject_id,
            known.get(one.subject_id, Subject("", "")),
            _pairs(one, known),
        )
        for one in acts
    ]


def words(action: str) -> str:
    """`extension.granted` → `Extension granted`, `lms_event.retried` → `LMS event retried`."""
    return action.replace(".", " ").replace("_", " ").capitalize().replace("Lms ", "LMS ")


def _person(detail: Mapping[str, Any]) -> str:
    return str(detail.get("person_id") or "")


def _pairs(act: AuditView, known: Mapping[str, Subject]) -> list[tuple[str, str]]:
    """The detail in words, without what says nothing or is the subject's name once more."""
    said = {"", known[act.subject_id].name if act.subject_id in known else ""}
    pairs = []
    for name, value in act.detail.items():
        if name == "person_id":
            pairs.append(("for", known[value].name if value in known else ""))
        elif name == "digest":
            pairs.append(("version", str(value)[:DIGITS]))
        elif name == "policy" and isinstance(value, dict):
            pairs.append(("rules", in_words(value)))
        else:
            pairs.append((name.replace("_", " "), _text(value)[:LONGEST]))
    return [(name, text) for name, text in pairs if text not in said]


def _text(value: Any) -> str:
    """Nothing for what says nothing: None, no, 0, empty."""
    if isinstance(value, dict):
        parts = ((name, _text(inner)) for name, inner in value.items())
        return ", ".join(f"{name.replace('_', ' ')} {text}" for name, text in parts if text)
    if isinstance(value, list):
        return ", ".join(text for text in map(_text, value) if text)
    return "yes" if value is True else _moment(str(value or ""))


def _moment(text: str) -> str:
    """A date and time as people write it; any other text as it is."""
    if not _MOMENT.match(text):
        return text
    try:
        return f"{datetime.fromisoformat(text).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError):  # somebody's comment that only looks like one
        return text
