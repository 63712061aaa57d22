"""Events of an LMS that came to nothing by themselves: staff say who it was, or try them again."""

from flask import flash, make_response, redirect, render_template, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from grader.domain.errors import Fault, Invalid, NotFound, Refusal
from grader.services import lms_inbox
from grader.store.queries import inbox, people
from grader.web import current, fields
from grader.web.dashboard import access, dashboard, doing


@dashboard.get("/courses/<id:course_id>/lms")
@login_required  # type: ignore[untyped-decorator]
def lms_events(course_id: str) -> Response:
    """Events from people we do not know, to be given to someone we do."""
    return _inbox(course_id)


@dashboard.post("/courses/<id:course_id>/lms/<id:inbound_id>")
@login_required  # type: ignore[untyped-decorator]
def adopt(course_id: str, inbound_id: str) -> Response:
    """Say who it was: the event is acted on, and the LMS's name for them is remembered."""
    ctx = current.ctx()
    username = fields.username()
    if not _waits(course_id, inbound_id):
        flash(lms_inbox.DONE, "part")
        return redirect(_page(course_id), 303)
    with ctx.store.read() as session:
        person = people.by_username(session, username)
    try:
        if person is None:
            raise _unknown(username)
        lms_inbox.adopt(ctx, current.person().id, inbound_id, person.id)
    except Refusal as refusal:
        return _inbox(course_id, inbound_id, username, refusal)
    flash(f"The event is {person.name}'s now, and is being acted on.", "good")
    return redirect(_page(course_id), 303)


@dashboard.post("/courses/<id:course_id>/lms/<id:inbound_id>/again")
@login_required  # type: ignore[untyped-decorator]
def act_again(course_id: str, inbound_id: str) -> Response:
    """Act once more on an event whose cause was mended."""
    _waits(course_id, inbound_id)
    ctx, actor = current.ctx(), current.person().id
    done = "The event is being acted on again."
    return doing.then(_page(course_id), done, lambda: lms_inbox.retry(ctx, actor, inbound_id))


@dashboard.post("/courses/<id:course_id>/lms/<id:inbound_id>/aside")
@login_required  # type: ignore[untyped-decorator]
def set_aside(course_id: str, inbound_id: str) -> Response:
    """Take an event off the list that will come to nothing."""
    _waits(course_id, inbound_id)
    ctx, actor = current.ctx(), current.person().id
    done = "The event is set aside. It is kept, and the audit log says who did it."
    return doing.then(_page(course_id), done, lambda: lms_inbox.set_aside(ctx, actor, inbound_id))


def _waits(course_id: str, inbound_id: str) -> bool:
    """Whether the event still waits. Raises NotFound unless it is of a course of the person's."""
    with current.ctx().store.read() as session:
        access.course(session, course_id)
        if not inbox.is_of(session, inbound_id, course_id):
            raise NotFound("There is no such event here.")
        return inbox.waits(session, inbound_id)


def _page(course_id: str) -> str:
    return url_for("dashboard.lms_events", course_id=course_id)


def _unknown(username: str) -> Invalid:
    fault = Fault("username", f"Nobody is called {username!r}.", "Give a username of the roster.")
    return Invalid("There is no such person.", fault)


def _inbox(
    course_id: str, at: str = "", username: str = "", refusal: Refusal | None = None
) -> Response:
    with current.ctx().store.read() as session:
        course = access.course(session, course_id)
        events = inbox.parked(session, course_id)
        sources = inbox.sources(session, course_id)
    html = render_template(
        "dashboard/lms.html",
        course=course,
        tab="lms",
        events=events,
        sources=sources,
        at=at,
        username=username,
        refusal=refusal,
    )
    response = make_response(html)
    response.status_code = refusal.status if refusal else 200
    return response
