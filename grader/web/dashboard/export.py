"""The scores of an assignment as CSV."""

from datetime import UTC

from flask import Response, make_response
from flask_login import login_required

from grader.services import materialise
from grader.store.queries import dashboard as queries
from grader.store.queries.dashboard import PersonScore
from grader.web import current
from grader.web.dashboard import access, csv_export, dashboard

HEADER = (
    "username",
    "name",
    "email",
    "score",
    "max_score",
    "provisional",
    "attempt",
    "handed_in_utc",
    "late_penalty",
    "attempts",
)


@dashboard.get("/assignments/<id:assignment_id>/scores.csv")
@login_required  # type: ignore[untyped-decorator]
def scores_csv(assignment_id: str) -> Response:
    """Every enrolled student with the attempt that counts; an empty score is not a zero.

    The columns of questions hold their points before the late penalty.
    """
    ctx = current.ctx()
    with ctx.store.read() as session:
        access.of_assignment(session, assignment_id)
        key = queries.assignment_key(session, assignment_id)
        digest = queries.published(session, assignment_id)
        scores = queries.scores(session, assignment_id)
        marks = queries.question_scores(session, assignment_id)
    asked = [one.id for one in materialise.assignment(ctx, digest).questions]
    rows = (_row(one, asked, marks.get(one.submission_id or "", {})) for one in scores)
    header = (*HEADER, *(f"question {one}" for one in asked))
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    response = make_response("\ufeff" + csv_export.to_csv(header, rows))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"scores-{key.replace('/', '-')}.csv"
    )
    return response


def _row(one: PersonScore, asked: list[str], marks: dict[str, float | None]) -> tuple[object, ...]:
    when = one.submitted_at
    return (
        one.username,
        one.name,
        one.email,
        one.score,
        one.max_score,
        "" if when is None else "yes" if one.provisional else "no",
        one.attempt,
        "" if when is None else f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        one.late_penalty,
        one.attempts,
        *(marks.get(name) for name in asked),
    )
