"""The courses one teaches, and the assignments of one."""

from flask import redirect, render_template, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from grader.store.queries import audit
from grader.store.queries import dashboard as queries
from grader.web import current
from grader.web.dashboard import access, acts, dashboard


@dashboard.get("/")
@login_required  # type: ignore[untyped-decorator]
def courses() -> str | Response:
    """The list; who teaches one course goes straight to it."""
    with current.ctx().store.read() as session:
        mine = queries.courses(session, current.person().id)
    if len(mine) == 1:
        return redirect(url_for("dashboard.course", course_id=mine[0].course_id))
    return render_template("dashboard/courses.html", courses=mine)


@dashboard.get("/courses/<id:course_id>")
@login_required  # type: ignore[untyped-decorator]
def course(course_id: str) -> str:
    """How each assignment stands."""
    with current.ctx().store.read() as session:
        found = access.course(session, course_id)
        rows = queries.assignments(session, course_id)
    return render_template("dashboard/course.html", course=found, rows=rows, tab="assignments")


@dashboard.get("/courses/<id:course_id>/audit")
@login_required  # type: ignore[untyped-decorator]
def audit_log(course_id: str) -> str:
    """Who did what."""
    with current.ctx().store.read() as session:
        found = access.course(session, course_id)
        rows = acts.told(session, audit.log(session, course_id, limit=200))
    return render_template("dashboard/audit.html", course=found, rows=rows, tab="audit")
