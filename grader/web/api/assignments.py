"""Which assignments the caller has, what they ask, and what was handed in."""

from apiflask.schemas import FileSchema
from flask import Response, jsonify

from grader.store.queries import portal
from grader.store.queries.portal import AssignmentCard, SubmissionLine
from grader.web import current, downloads, limits, posed
from grader.web.api import api, auth
from grader.web.api.models import (
    AssignmentDetailOut,
    AssignmentOut,
    AssignmentsOut,
    SubmissionLineOut,
    SubmissionsOut,
)
from grader.web.api.questions import question_out
from grader.web.api.submissions import links


@api.get("/assignments")
@limits.guarded(limits.API)
@api.output(AssignmentsOut)
@api.doc(security="bearer")
def assignments() -> Response:
    """The assignments of the caller's courses, with their dates and attempts left."""
    ctx = current.ctx()
    person_id = auth.caller(auth.READ)
    with ctx.store.read() as session:
        cards = portal.assignments_for(session, person_id, ctx.clock())
    out = AssignmentsOut(assignments=[_out(card) for card in cards])
    return jsonify(out.model_dump(mode="json"))


@api.get("/assignments/<id:assignment_id>")
@limits.guarded(limits.API)
@api.output(AssignmentDetailOut)
@api.doc(security="bearer")
def assignment(assignment_id: str) -> Response:
    """One assignment with its questions, as the caller reads them: with their own numbers."""
    person_id = auth.caller(auth.READ)
    page, content, _ = posed.load(person_id, assignment_id)
    out = AssignmentDetailOut(
        **_out(page.card).model_dump(),
        max_score=page.card.max_score,
        may_submit=page.may_submit,
        why_not=page.why_not,
        statement=content.statement,
        questions=[question_out(one, person_id) for one in content.questions],
    )
    return jsonify(out.model_dump(mode="json"))


@api.get("/assignments/<id:assignment_id>/files/<name:name>")
@limits.guarded(limits.API)
@api.output(FileSchema(), content_type="application/octet-stream")
@api.doc(security="bearer")
def given_file(assignment_id: str, name: str) -> Response:
    """One of the files that the assignment puts beside code when it is run."""
    return downloads.given_file(posed.load(auth.caller(auth.READ), assignment_id), name)


@api.get("/assignments/<id:assignment_id>/submissions")
@limits.guarded(limits.API)
@api.output(SubmissionsOut)
@api.doc(security="bearer")
def own_submissions(assignment_id: str) -> Response:
    """What the caller handed in for it, the newest first, with the scores so far."""
    ctx = current.ctx()
    person_id = auth.caller(auth.READ)
    with ctx.store.read() as session:
        page = portal.assignment_page(session, person_id, assignment_id, ctx.clock())
    out = SubmissionsOut(submissions=[_line(one) for one in page.submissions])
    return jsonify(out.model_dump(mode="json"))


def _line(line: SubmissionLine) -> SubmissionLineOut:
    return SubmissionLineOut(
        id=line.id,
        attempt=line.attempt,
        submitted_at=line.submitted_at,
        state=line.state,
        outcome=line.outcome,
        score=line.score,
        max_score=line.max_score,
        provisional=line.provisional,
        costs_attempt=line.costs,
        counts=line.counts,
        links=links(line.id),
    )


def _out(card: AssignmentCard) -> AssignmentOut:
    return AssignmentOut(
        id=card.id,
        key=card.key,
        title=card.title,
        course=card.course_title,
        opens_at=card.policy.opens_at,
        due_at=card.policy.due_at,
        closes_at=card.policy.closes_at,
        attempts_left=card.attempts_left,
    )
