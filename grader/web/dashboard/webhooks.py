"""Webhooks going out, with their log."""

from flask import render_template, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from grader.domain.errors import NotFound
from grader.services import redeliver
from grader.store.queries import webhooks
from grader.web import current
from grader.web.dashboard import access, dashboard, doing


@dashboard.get("/courses/<id:course_id>/webhooks")
@login_required  # type: ignore[untyped-decorator]
def webhook_log(course_id: str) -> str:
    """Where events go, and every try of the newest deliveries."""
    with current.ctx().store.read() as session:
        course = access.course(session, course_id)
        endpoints = webhooks.endpoints(session, course_id)
        log = webhooks.log(session, course_id)
    return render_template(
        "dashboard/webhooks.html", course=course, tab="webhooks", endpoints=endpoints, log=log
    )


@dashboard.post("/courses/<id:course_id>/webhooks/<id:delivery_id>")
@login_required  # type: ignore[untyped-decorator]
def resend(course_id: str, delivery_id: str) -> Response:
    """Begin again with a delivery that was given up."""
    ctx = current.ctx()
    with ctx.store.read() as session:
        access.course(session, course_id)
        if not webhooks.is_of(session, delivery_id, course_id):
            raise NotFound("There is no such delivery here.")
    page = url_for("dashboard.webhook_log", course_id=course_id)
    done = "It is sent again, with as many tries as the first time."
    actor = current.person().id
    return doing.then(page, done, lambda: redeliver.again(ctx, actor, delivery_id))
