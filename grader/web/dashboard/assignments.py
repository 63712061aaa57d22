"""One assignment: how the class did, what went wrong, and every student's score."""

from collections.abc import Callable, Sequence
from statistics import mean, median
from typing import Any, NamedTuple

from flask import render_template, request
from flask_login import login_required

from grader.store.queries import dashboard as queries
from grader.store.queries.dashboard import PersonScore
from grader.web import current
from grader.web.dashboard import access, dashboard
from grader.web.dashboard.plots import histogram

PAGE = 100
SORTS: dict[str, Callable[[PersonScore], Any]] = {
    "name": lambda one: one.name.casefold(),
    "username": lambda one: one.username,
    "score": lambda one: -1.0 if one.score is None else one.score,
    "attempts": lambda one: one.attempts,
}


class Summary(NamedTuple):
    """The numbers above the plot; mean and median are None while nobody has a final score."""

    students: int
    handed_in: int
    scored: int
    mean: float | None
    median: float | None


@dashboard.get("/assignments/<id:assignment_id>")
@login_required  # type: ignore[untyped-decorator]
def assignment(assignment_id: str) -> str:
    """The distribution, the diagnoses counted, and the students' table."""
    with current.ctx().store.read() as session:
        course = access.of_assignment(session, assignment_id)
        row = next(
            one for one in queries.assignments(session, course.id) if one.id == assignment_id
        )
        scores = queries.scores(session, assignment_id)
        found = queries.diagnoses(session, assignment_id)
    bins = histogram.bins(final_scores(scores), scores[0].max_score if scores else 0.0)
    shown, order = ordered(scores)
    number = max(1, request.args.get("page", 1, int))
    return render_template(
        "dashboard/assignment.html",
        course=course,
        tab="assignments",
        row=row,
        summary=summarise(scores),
        bins=bins,
        spec=histogram.spec(bins),
        diagnoses=found,
        scores=shown[(number - 1) * PAGE : number * PAGE],
        order=order,
        page=number,
        pages=max(1, -(-len(shown) // PAGE)),
    )


def final_scores(scores: Sequence[PersonScore]) -> list[float]:
    """The scores that wait for nobody: a provisional one would pull the plot towards zero."""
    return [one.score for one in scores if one.score is not None and not one.provisional]


def summarise(scores: Sequence[PersonScore]) -> Summary:
    final = final_scores(scores)
    return Summary(
        students=len(scores),
        handed_in=sum(one.submission_id is not None for one in scores),
        scored=len(final),
        mean=mean(final) if final else None,
        median=median(final) if final else None,
    )


def ordered(scores: Sequence[PersonScore]) -> tuple[list[PersonScore], dict[str, Any]]:
    """Those whose name holds `q`, in the order asked for by `sort` (`-score`: high first)."""
    wanted = request.args.get("sort", "name")
    key, falling = wanted.removeprefix("-"), wanted.startswith("-")
    key = key if key in SORTS else "name"
    text = request.args.get("q", "").strip()[:100]
    needle = text.casefold()
    kept = [one for one in scores if needle in f"{one.name}\n{one.username}".casefold()]
    kept.sort(key=SORTS[key], reverse=falling)
    return kept, {"key": key, "falling": falling, "q": text}
