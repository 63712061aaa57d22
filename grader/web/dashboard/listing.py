"""A course's submissions, newest first, filtered by state and assignment, page by page."""

import re

from flask import render_template, request
from flask_login import login_required

from grader.store.queries import dashboard as queries
from grader.web import current, words
from grader.web.converters import IdConverter
from grader.web.dashboard import access, dashboard

PAGE = 50
WAITING = "waiting"
CHOICES = {WAITING: "In the queue or being graded"} | {
    name: badge.label for name, badge in words.STATES.items()
}
"""What the list is filtered by: each state, and the two that wait for a grader together."""

ID = re.compile(IdConverter.regex)


@dashboard.get("/courses/<id:course_id>/submissions")
@login_required  # type: ignore[untyped-decorator]
def submissions_of(course_id: str) -> str:
    """The table; `before` is the last id of the page before."""
    state = request.args.get("state", "")
    state = state if state in CHOICES else ""
    wanted, before = request.args.get("assignment", ""), request.args.get("before", "")
    before = before if ID.fullmatch(before) else ""
    with current.ctx().store.read() as session:
        course = access.course(session, course_id)
        assignments = queries.assignments(session, course_id)
        known = wanted if wanted in {one.id for one in assignments} else ""
        rows = queries.rows(
            session,
            course_id,
            assignment_id=known or None,
            states=("queued", "running") if state == WAITING else (state,) if state else (),
            before=before or None,
            limit=PAGE + 1,
        )
    return render_template(
        "dashboard/submissions.html",
        course=course,
        tab="submissions",
        rows=rows[:PAGE],
        more=rows[PAGE - 1].submission_id if len(rows) > PAGE else "",
        assignments=assignments,
        states=CHOICES,
        chosen={"state": state, "assignment": known, "before": before},
    )
