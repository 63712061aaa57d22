"""The way to a submission's live events: a redirect with a ticket, so no stream holds a thread."""

from flask import redirect
from werkzeug.wrappers import Response

from grader.tickets import sign_ticket
from grader.web import current, limits
from grader.web.api import api, auth
from grader.web.api.submissions import visible


@api.get("/submissions/<id:submission_id>/events")
@limits.guarded(limits.API)
@api.doc(security="bearer", responses={307: "Go there; the ticket in it lasts an hour."})
def submission_events(submission_id: str) -> Response:
    """Redirects to a stream of server-sent events named `state`.

    Each holds JSON: `{"state": …, "queue_position": …, "final": …}`; the stream ends with the
    first final one.
    """
    view = visible(auth.caller(auth.READ), submission_id)
    settings = current.ctx().settings
    ticket = sign_ticket(settings.secret_key, view.id)
    stream = f"{settings.events_url.rstrip('/')}/submissions/{view.id}?ticket={ticket}"
    return redirect(stream, code=307)
