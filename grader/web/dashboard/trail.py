"""What happened to one submission, by whom, newest first."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from grader.store.queries.audit import AuditView
from grader.store.queries.submissions import SubmissionView
from grader.web import words
from grader.web.dashboard.acts import words as acts_in_words
from rubrics.schema import Question

MARKED = "grade.marked"
"""Shown as the decision itself, with its question and comment."""


class Line(NamedTuple):
    """One happening; `note` is hostile text, for the page to escape."""

    at: datetime
    what: str
    who: str
    note: str


def lines(
    view: SubmissionView, acts: Iterable[AuditView], questions: Mapping[str, Question]
) -> list[Line]:
    """Acts of people, decisions and gradings of this submission, merged by time."""
    found = [
        Line(one.at, acts_in_words(one.action), one.actor, "")
        for one in acts
        if one.subject_id == view.id and one.action != MARKED
    ]
    for mark in view.marks:
        title = questions[mark.question_id].title if mark.question_id in questions else ""
        found.append(Line(mark.at, f"Decided: {title or mark.question_id}", mark.by, mark.comment))
    for grading in view.gradings:
        tries = f" after {grading.tries} tries" if grading.tries > 1 else ""
        what = words.state_badge(grading.state).label + tries
        at = grading.finished_at or grading.started_at or grading.queued_at
        found.append(Line(at, what, "the service", grading.reason))
    return sorted(found, key=lambda line: line.at, reverse=True)
