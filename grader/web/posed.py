"""An assignment as one person may read it now: their own variant, and nothing before it opens."""

from typing import NamedTuple

from grader.services import materialise, variants
from grader.store.queries import access
from grader.store.queries import portal as queries
from grader.store.queries.portal import AssignmentPage
from grader.web import current
from rubrics.schema import Assignment


class Posed(NamedTuple):
    """`sealed`: the questions are not to be read yet, and so are not in `content`."""

    page: AssignmentPage
    content: Assignment
    sealed: bool


def load(person_id: str, assignment_id: str) -> Posed:
    """The page and what it asks. Raises `AssignmentUnknown`."""
    ctx = current.ctx()
    with ctx.store.read() as reading:
        page = queries.assignment_page(reading, person_id, assignment_id, ctx.clock())
        staff = page.role in access.GRADERS or access.is_admin(reading, person_id)
    content = materialise.assignment(ctx, page.card.digest)
    if page.card.window == "not_open" and not staff:
        # No variant is drawn either: the first look is that at an open assignment.
        return Posed(page, content.model_copy(update={"statement": "", "questions": ()}), True)
    return Posed(page, variants.personal(ctx, content, person_id, assignment_id), False)
