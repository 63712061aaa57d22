"""One submission: progress while it waits, feedback when it is graded."""

from flask import redirect, render_template, session, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from grader.domain.errors import NotFound
from grader.services import materialise, variants
from grader.store.queries import access, submissions
from grader.store.queries import portal as queries
from grader.store.queries.submissions import SubmissionView
from grader.web import current, words
from grader.web.portal import portal

HANDED_IN = "handed_in"
"""In the session: the submission whose page tells the browser to forget the draft of it."""


@portal.get("/submissions/<id:submission_id>")
@login_required  # type: ignore[untyped-decorator]
def submission(submission_id: str) -> str | Response:
    """The student's own submission; staff are led to their view of it."""
    view = visible(submission_id)
    if view.person_id != current.person().id:
        return redirect(url_for("dashboard.submission", submission_id=submission_id))
    ctx = current.ctx()
    with ctx.store.read() as reading:
        page = queries.assignment_page(reading, view.person_id, view.assignment_id, ctx.clock())
    content = variants.of_seed(materialise.assignment(ctx, view.digest), view.seed)
    return render_template(
        "portal/submission.html",
        view=view,
        page=page,
        questions={one.id: one for one in content.questions},
        answers={one.question_id: one for one in view.answers},
        final=view.state in words.FINAL_STATES,
        # Once only: what is typed for the next attempt is not to be forgotten by a reload.
        just_handed_in=session.pop(HANDED_IN, "") == view.id,
    )


def visible(submission_id: str) -> SubmissionView:
    """The submission, if the person may see it. Raises `NotFound`, so ids tell nothing."""
    with current.ctx().store.read() as reading:
        if not access.may_see_submission(reading, current.person().id, submission_id):
            raise NotFound("There is no such submission.")
        return submissions.view(reading, submission_id)
