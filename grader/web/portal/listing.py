"""The list of a person's assignments."""

from flask import render_template
from flask_login import login_required

from grader.store.queries import portal as queries
from grader.store.queries.portal import AssignmentCard
from grader.web import current
from grader.web.portal import portal


@portal.get("/")
@login_required  # type: ignore[untyped-decorator]
def assignments() -> str:
    """Every assignment of the person's courses, grouped by course."""
    ctx = current.ctx()
    with ctx.store.read() as reading:
        cards = queries.assignments_for(reading, current.person().id, ctx.clock())
    return render_template("portal/assignments.html", courses=_by_course(cards), now=ctx.clock())


def _by_course(cards: tuple[AssignmentCard, ...]) -> list[list[AssignmentCard]]:
    """By id: two courses may have one title, such as that of last year and this year's."""
    grouped: dict[str, list[AssignmentCard]] = {}
    for card in cards:
        grouped.setdefault(card.course_id, []).append(card)
    return list(grouped.values())
