"""One submission as staff see it: how it was graded, step by step, and by whom."""

from flask import render_template, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from grader.services import materialise, regrade, variants
from grader.store.queries import audit
from grader.web import current, words
from grader.web.dashboard import access, dashboard, doing, trail

AUDIT_ROWS = 1000


@dashboard.get("/submissions/<id:submission_id>")
@login_required  # type: ignore[untyped-decorator]
def submission(submission_id: str) -> str:
    """Answers, grade, phases, layers of the sandbox, and the trail of what people did."""
    ctx = current.ctx()
    with ctx.store.read() as session:
        course, view = access.of_submission(session, submission_id)
        acts = audit.log(session, course.id, limit=AUDIT_ROWS)
    plain = materialise.assignment(ctx, view.digest)
    content = variants.of_seed(plain, view.seed)
    questions = {one.id: one for one in content.questions}
    return render_template(
        "dashboard/submission.html",
        course=course,
        tab="submissions",
        view=view,
        trail=trail.lines(view, acts, questions),
        questions=questions,
        variant=variants.told(plain, view.seed),
        answers={one.question_id: one for one in view.answers},
        by_person={one.id for one in content.questions if one.rubric},
        final=view.state in words.FINAL_STATES,
    )


@dashboard.post("/submissions/<id:submission_id>/regrade")
@login_required  # type: ignore[untyped-decorator]
def regrade_now(submission_id: str) -> Response:
    """Grade it once more; what a person decided stays."""
    ctx = current.ctx()
    with ctx.store.read() as session:
        access.of_submission(session, submission_id)
    page = url_for("dashboard.submission", submission_id=submission_id)
    done = "It is in the queue to be graded again. Decisions of people stay."
    actor = current.person().id
    return doing.then(page, done, lambda: regrade.request(ctx, actor, submission_id))
