"""Hand in, and look at what became of it."""

from flask import Response, jsonify, request, url_for

from grader.domain.errors import Fault, Invalid, NotFound
from grader.services import intake
from grader.store.queries import access, submissions
from grader.store.queries.submissions import SubmissionView
from grader.web import current, limits, words
from grader.web.api import api, auth
from grader.web.api.models import Links, ReceiptOut, SubmissionOut
from grader.web.api.reading import answers_of

KEY_LENGTH = 200


@api.post("/assignments/<id:assignment_id>/submissions")
@limits.guarded(limits.SUBMIT)
@api.output(ReceiptOut, status_code=202)
@api.doc(security="bearer")
def submit(assignment_id: str) -> Response:
    """Hand in answers; they are stored when this returns, and graded soon after.

    The same Idempotency-Key with the same answers gives the same submission again; with other
    answers it is a conflict.
    """
    person_id = auth.caller(auth.SUBMIT)
    wanted = intake.Intake(
        person_id=person_id,
        assignment_id=assignment_id,
        answers=answers_of(request),
        source="api",
        idempotency_key=_idempotency_key(),
    )
    receipt = intake.submit(current.ctx(), wanted)
    return _accepted(receipt)


@api.get("/submissions/<id:submission_id>")
@limits.guarded(limits.API)
@api.output(SubmissionOut)
@api.doc(security="bearer")
def submission(submission_id: str) -> Response:
    """The state of a submission, and its grade as soon as there is one."""
    view = visible(auth.caller(auth.READ), submission_id)
    out = SubmissionOut(
        id=view.id,
        assignment_id=view.assignment_id,
        attempt=view.attempt,
        submitted_at=view.submitted_at,
        state=view.state,
        final=view.state in words.FINAL_STATES,
        queue_position=view.queue_position,
        grade=view.grade,
        links=links(view.id),
    )
    return jsonify(out.model_dump(mode="json"))


def visible(person_id: str, submission_id: str) -> SubmissionView:
    """The submission, if this person may see it. Raises `NotFound`."""
    with current.ctx().store.read() as session:
        if not access.may_see_submission(session, person_id, submission_id):
            raise NotFound("There is no such submission.")
        return submissions.view(session, submission_id)


def links(submission_id: str) -> Links:
    """Absolute addresses, from the setting and not from the Host header of the request."""
    base = current.ctx().settings.base_url.rstrip("/")
    return Links(
        self=base + url_for("api.submission", submission_id=submission_id),
        events=base + url_for("api.submission_events", submission_id=submission_id),
        page=base + url_for("portal.submission", submission_id=submission_id),
    )


def _accepted(receipt: intake.Receipt) -> Response:
    with current.ctx().store.read() as session:
        state = submissions.status(session, receipt.submission_id).state
    out = ReceiptOut(
        id=receipt.submission_id,
        state=state,
        attempt=receipt.attempt,
        created=receipt.created,
        links=links(receipt.submission_id),
    )
    response = jsonify(out.model_dump(mode="json"))
    response.status_code = 202
    response.headers["Location"] = out.links.self
    return response


def _idempotency_key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if 0 < len(key) <= KEY_LENGTH and key.isprintable() and key.isascii():
        return f"api-{key}"
    fault = Fault("Idempotency-Key", "It is not usable.", "Send 1 to 200 printable characters.")
    raise Invalid("The Idempotency-Key is not usable.", fault)
