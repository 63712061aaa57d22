"""What the pages call things: outcomes, evidence, states, points and times, in words."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from markupsafe import Markup, escape

from grader.domain.attempts import span
from rubrics.grade import CheckGrade, QuestionGrade
from rubrics.outcome import Outcome


class Badge(NamedTuple):
    """How an ending is shown: never by colour alone."""

    label: str
    tone: str
    icon: str
    meaning: str


OUTCOMES: dict[str, Badge] = {
    Outcome.CORRECT: Badge("Correct", "good", "check", "Everything asked for is right."),
    Outcome.PARTIAL: Badge("Partly right", "part", "half", "Some of it is right."),
    Outcome.WRONG: Badge("Not right", "bad", "cross", "It was read and compared, and differs."),
    Outcome.MALFORMED: Badge("Could not be read", "bad", "unreadable", "It was not readable."),
    Outcome.CRASHED: Badge("Crashed", "bad", "cross", "Your code stopped with an error."),
    Outcome.TIMED_OUT: Badge("Out of time", "bad", "clock", "Your code ran past its time limit."),
    Outcome.OUT_OF_MEMORY: Badge(
        "Out of memory", "bad", "cross", "Your code asked for more memory than its limit."
    ),
    Outcome.OUTPUT_LIMIT: Badge("Printed too much", "bad", "cross", "Output passed its limit."),
    Outcome.FILE_LIMIT: Badge(
        "Too many files", "bad", "cross", "Your code made or opened more files than its limit."
    ),
    Outcome.PROCESS_LIMIT: Badge(
        "Too many processes", "bad", "cross", "Your code started more processes than its limit."
    ),
    Outcome.THREAD_LIMIT: Badge(
        "Too many threads", "bad", "cross", "Your code started more threads than its limit."
    ),
    Outcome.FORBIDDEN: Badge(
        "Not allowed", "bad", "lock", "Your code tried something the sandbox does not allow."
    ),
    Outcome.NEEDS_REVIEW: Badge(
        "Waits for a person", "review", "person", "A person grades this; the score follows."
    ),
    Outcome.RUBRIC_ERROR: Badge(
        "Our rubric failed", "ours", "wrench", "Our fault, not yours: staff have been told."
    ),
    Outcome.SERVICE_ERROR: Badge(
        "Our service failed", "ours", "wrench", "Our fault, not yours: it is never a zero."
    ),
    Outcome.SKIPPED: Badge("Not checked", "quiet", "dash", "An earlier check has to pass first."),
}

NOT_ANSWERED = Badge("Not answered", "quiet", "dash", "Nothing was handed in for it.")

EVIDENCE: dict[str, tuple[str, str]] = {
    "values": ("Judged from your values", "Compared outside the sandbox; cannot be forged."),
    "observed": ("Observed while it ran", "Seen inside the sandbox, beside your code."),
    "person": ("A person grades this", "Someone on the course staff reads it."),
}

FROM_WHAT = {"expression": "Judged from your formula", "choice": "Judged from your choice"}
"""In place of the values, where an answer of that kind has none."""

STATES: dict[str, Badge] = {
    "queued": Badge("In the queue", "quiet", "clock", "Waiting for a free grader."),
    "running": Badge("Being graded", "part", "half", "A grader is at work on it."),
    "graded": Badge("Graded", "good", "check", "The grade is stored."),
    "needs_review": Badge("Waits for a person", "review", "person", "Staff finish this grade."),
    "failed": Badge("Our service failed", "ours", "wrench", "Our fault; it is never a zero."),
}

DIAGNOSES: dict[str, str] = {
    "dropped_path": "Which path was dropped",
    "missing_local_derivative": "Which derivative is missing",
    "intermediate": "Which quantity this is",
    "permutation": "The order",
    "transpose": "The order",
    "rounded": "The digits",
    "scale": "A constant factor",
    "sign": "The sign",
    "missing_factor": "A factor is missing",
    "extra_factor": "A factor too many",
    "missing_term": "A term is missing",
    "missing_power": "A power is missing",
    "inner_sign": "A sign within the formula",
    "swapped_symbols": "Two symbols",
    "wrong_symbol": "Another symbol",
    "upside_down": "Numerator and denominator",
    "known_mistake": "What went wrong",
    "first_departure": "Where it departs first",
    "other_variant": "Whose numbers these are",
}

FINAL_STATES = frozenset({"graded", "needs_review", "failed"})

_UNKNOWN = Badge("Unknown", "quiet", "dash", "")
_CODE = re.compile(r"`([^`\n]{1,200})`")


def outcome_badge(outcome: str) -> Badge:
    return OUTCOMES.get(outcome, _UNKNOWN)


def state_badge(state: str) -> Badge:
    return STATES.get(state, _UNKNOWN)


def question_badge(question: QuestionGrade, *, answered: bool) -> Badge:
    """How a question ended; one that was left out is not called wrong."""
    left_out = not answered and not question.checks and question.outcome == Outcome.WRONG
    return NOT_ANSWERED if left_out else outcome_badge(question.outcome)


def evidence_words(evidence: str, kind: str = "") -> tuple[str, str]:
    """What a check looks at, for an answer of that kind, and why that can be relied on."""
    short, long = EVIDENCE.get(evidence, ("", ""))
    return (FROM_WHAT.get(kind, short), long) if evidence == "values" else (short, long)


def evidence_of(check: CheckGrade) -> str:
    """What a check was judged from; empty where it came to no judgement."""
    if check.outcome == Outcome.NEEDS_REVIEW:
        return "person"
    judged = check.outcome in (Outcome.CORRECT, Outcome.PARTIAL, Outcome.WRONG)
    return check.evidence if judged else ""


def diagnosis_title(kind: str) -> str:
    return DIAGNOSES.get(kind, "What fits your answer")


def points(value: float | None) -> str:
    """3.0 → `3`, 2.5 → `2.5`, None → an en dash; at most two decimals."""
    if value is None:
        return "–"
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def percent(share: float) -> str:
    return f"{points(100 * share)} %"


def prose(text: str) -> Markup:
    """Plain text for a page: escaped first, then `code` in backticks is set as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704


def moment(when: datetime | None) -> Markup:
    """A <time> element in UTC; the page's script shows it in the reader's own zone."""
    if when is None:
        return Markup("–")
    utc = when.astimezone(UTC)
    return Markup('<time datetime="{}">{}</time>').format(
        utc.isoformat(timespec="seconds"), f"{utc:%d %b %Y, %H:%M} UTC".lstrip("0")
    )


def milliseconds(value: float) -> str:
    return f"{points(value / 1000)} s" if value >= 1000 else f"{points(round(value, 1))} ms"


def duration(seconds: float) -> str:
    return span(timedelta(seconds=seconds))


def until(when: datetime | None, now: datetime) -> str:
    """`in 3 days`, `2 hours ago`; empty when there is no date."""
    if when is None:
        return ""
    seconds = (when - now).total_seconds()
    amount, unit = _largest_unit(abs(seconds))
    words = f"{amount} {unit}{'' if amount == 1 else 's'}"
    return f"in {words}" if seconds >= 0 else f"{words} ago"


def _largest_unit(seconds: float) -> tuple[int, str]:
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return round(seconds / size), unit
    return max(1, round(seconds)), "second"


def register(filters: dict[str, object]) -> None:
    """Put every word into a Jinja filter table."""
    filters.update(
        outcome=outcome_badge, question_badge=question_badge, evidence_of=evidence_of,
        diagnosis_title=diagnosis_title, state=state_badge,
        evidence=evidence_words, points=points,
        percent=percent, prose=prose, moment=moment, ms=milliseconds, until=until, span=duration,
    )  # fmt: skip
