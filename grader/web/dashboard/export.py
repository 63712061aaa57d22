"""The scores of an assignment as CSV."""

from flask import Response, make_response
from flask_login import login_required

from grader.store.queries import dashboard as queries
from grader.web import current
from grader.web.dashboard import access, csv_export, dashboard

HEADER = ("username", "name", "score", "max_score", "provisional", "attempt", "attempts")


@dashboard.get("/assignments/<id:assignment_id>/scores.csv")
@login_required  # type: ignore[untyped-decorator]
def scores_csv(assignment_id: str) -> Response:
    """Every enrolled student; an empty score waits for someone, it is not a zero."""
    with current.ctx().store.read() as session:
        access.of_assignment(session, assignment_id)
        key = queries.assignment_key(session, assignment_id)
        scores = queries.scores(session, assignment_id)
    rows = (
        (s.username, s.name, s.score, s.max_score, _yes(s.provisional), s.attempt, s.attempts)
        for s in scores
    )
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    response = make_response("\ufeff" + csv_export.to_csv(HEADER, rows))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"scores-{key.replace('/', '-')}.csv"
    )
    return response


def _yes(value: bool) -> str:
    return "yes" if value else "no"
