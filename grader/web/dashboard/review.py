"""What waits for a person, and the plain form on which they decide."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from grader.domain.errors import NotFound, Refusal
from grader.services import materialise, review, variants
from grader.store.queries import dashboard as queries
from grader.store.queries.submissions import SubmissionView
from grader.web import current, fields, markdown, words
from grader.web.dashboard import access, dashboard, waiting
from rubrics.grade import Grade
from rubrics.schema import Question

PAGE = 100
COMMENT = 5000


@dashboard.get("/courses/<id:course_id>/review")
@login_required  # type: ignore[untyped-decorator]
def review_queue(course_id: str) -> str:
    """Submissions with a question that a person has to decide, the longest waiting first."""
    with current.ctx().store.read() as session:
        course = access.course(session, course_id)
        rows = queries.rows(
            session, course_id, states=("needs_review",), limit=PAGE + 1, oldest_first=True
        )
    return render_template(
        "dashboard/review.html",
        course=course,
        tab="review",
        rows=rows[:PAGE],
        more_wait=len(rows) > PAGE,
    )


@dashboard.get("/submissions/<id:submission_id>/review")
@login_required  # type: ignore[untyped-decorator]
def review_first(submission_id: str) -> Response:
    """Straight to the first question that waits."""
    with current.ctx().store.read() as session:
        _, view = access.of_submission(session, submission_id)
    return redirect(waiting.page(submission_id, view.grade), 303)


@dashboard.get("/submissions/<id:submission_id>/questions/<name:question_id>")
@login_required  # type: ignore[untyped-decorator]
def review_form(submission_id: str, question_id: str) -> Response:
    """The answer, the rubric's items to tick, and room for a comment."""
    view, question = _load(submission_id, question_id)
    last = next((one for one in reversed(view.marks) if one.question_id == question_id), None)
    ticked = set(last.items) if last else set()
    return _form(view, question, ticked, last.comment if last else "")


@dashboard.post("/submissions/<id:submission_id>/questions/<name:question_id>")
@login_required  # type: ignore[untyped-decorator]
def review_save(submission_id: str, question_id: str) -> Response:
    """Record the decision, then go on to the next question that waits."""
    view, question = _load(submission_id, question_id)
    ticked = request.form.getlist("item")
    comment = fields.text("comment", COMMENT)
    actor = current.person().id
    try:
        grade = review.mark(current.ctx(), actor, submission_id, question_id, ticked, comment)
    except Refusal as refusal:
        return _form(view, question, set(ticked), comment, refusal)
    flash(_decided(view, question, grade), "good")
    with current.ctx().store.read() as session:
        target = waiting.following(session, view, grade, question_id)
    if target is None and waiting.questions(grade):
        target = waiting.page(submission_id, grade)  # one of this submission that was passed over
    return redirect(target or url_for(".submission", submission_id=submission_id), 303)


def _decided(view: SubmissionView, question: Question, grade: Grade) -> str:
    so_far = " so far" if grade.provisional else ""
    score = f"{words.points(grade.score)} / {words.points(grade.max_score)}{so_far}"
    return f"{question.title}: decided. {view.student_name} has {score}."


def _load(submission_id: str, question_id: str) -> tuple[SubmissionView, Question]:
    ctx = current.ctx()
    with ctx.store.read() as session:
        _, view = access.of_submission(session, submission_id)
    content = variants.of_seed(materialise.assignment(ctx, view.digest), view.seed)
    question = next((one for one in content.questions if one.id == question_id), None)
    if question is None or not question.rubric:
        raise NotFound("No person grades a question of that name here.")
    return view, question


def _form(
    view: SubmissionView,
    question: Question,
    ticked: set[str],
    comment: str,
    refusal: Refusal | None = None,
) -> Response:
    with current.ctx().store.read() as session:
        course = access.course(session, view.course_id)
        following = waiting.following(session, view, view.grade, question.id)
    html = render_template(
        "dashboard/review_form.html",
        course=course,
        tab="review",
        view=view,
        following=following,
        question=question,
        mine=next((one for one in view.answers if one.question_id == question.id), None),
        ticked=ticked,
        comment=comment,
        refusal=refusal,
        markdown=markdown.render,
    )
    response = make_response(html)
    response.status_code = refusal.status if refusal else 200
    return response
