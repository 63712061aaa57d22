"""An assignment's text as students read it, for all staff, enrolled or not."""

from flask import render_template
from flask_login import login_required

from grader.services import materialise, variants
from grader.store.queries import dashboard as queries
from grader.web import current, markdown
from grader.web.dashboard import access, dashboard
from grader.web.portal import kinds

EXAMPLE_SEED = 0


@dashboard.get("/assignments/<id:assignment_id>/questions")
@login_required  # type: ignore[untyped-decorator]
def questions(assignment_id: str) -> str:
    """Every question of the published version; of variants, one that stands for all."""
    ctx = current.ctx()
    with ctx.store.read() as session:
        course = access.of_assignment(session, assignment_id)
        digest = queries.published(session, assignment_id)
    plain = materialise.assignment(ctx, digest)
    return render_template(
        "dashboard/questions.html",
        course=course,
        tab="assignments",
        assignment_id=assignment_id,
        content=variants.of_seed(plain, EXAMPLE_SEED),
        varied=variants.told(plain, EXAMPLE_SEED) is not None,
        kind_of=kinds.kind_of,
        markdown=markdown.render,
    )
