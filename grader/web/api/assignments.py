"""Which assignments the caller has."""

from flask import Response, jsonify

from grader.store.queries import portal
from grader.store.queries.portal import AssignmentCard
from grader.web import current, limits
from grader.web.api import api, auth
from grader.web.api.models import AssignmentOut, AssignmentsOut


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
