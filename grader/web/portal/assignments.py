"""The page of one assignment with its answer form."""

from typing import Any
from uuid import uuid4

from flask import make_response, redirect, render_template, request, session, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from grader.domain.errors import AssignmentUnknown, Conflict, Fault, Refusal
from grader.services import intake, materialise, variants
from grader.store.queries import portal as queries
from grader.store.queries.access import GRADERS
from grader.store.queries.portal import AssignmentPage
from grader.web import current, expired, limits, markdown, words
from grader.web.portal import answers, earlier, kinds, portal
from grader.web.portal.kept import Kept
from grader.web.portal.submissions import HANDED_IN
from rubrics.answers.code.parse import NOTEBOOK_KB
from rubrics.schema import Assignment

ONCE = 32
"""Hex digits of the form's own key: a form that is sent twice is one submission."""

SENT_BEFORE = Conflict(
    "You handed this form in before, with other answers. Those are safe.",
    Fault(
        "form", "These answers were not handed in.", "Hand in once more to make them an attempt."
    ),
)


@portal.get("/assignments/<id:assignment_id>")
@login_required  # type: ignore[untyped-decorator]
def assignment(assignment_id: str) -> Response:
    """The statement and the form, filled in from the attempt that `from` names, else the last."""
    page, content = _load(assignment_id)
    before = earlier.load(current.ctx(), earlier.last(page, request.args.get("from", "")))
    return _show(page, content, earlier.filled(content.questions, before), before)


@portal.post("/assignments/<id:assignment_id>")
@login_required  # type: ignore[untyped-decorator]
@limits.limiter.limit(limits.SUBMIT, key_func=limits.caller_key)
def submit(assignment_id: str) -> Response:
    """Store the answers; what is refused comes back with the reason beside it."""
    page, content = _load(assignment_id)
    ctx = current.ctx()
    before = earlier.load(ctx, earlier.last(page, request.form.get("from", earlier.EMPTY)))
    given, kept = answers.read(ctx, content.questions, request.form, request.files, before)
    try:
        receipt = _store(assignment_id, given)
    except AssignmentUnknown:
        raise
    except Conflict:
        # The form that is shown has a key of its own, so sending it is another attempt.
        return _show(page, content, kept, before, SENT_BEFORE)
    except Refusal as refusal:
        return _show(page, content, kept, before, refusal)
    session[HANDED_IN] = receipt.submission_id
    return redirect(url_for("portal.submission", submission_id=receipt.submission_id), 303)


def _store(assignment_id: str, given: dict[str, Any]) -> intake.Receipt:
    once = request.form.get("once", "")
    key = once if once.isalnum() and once.isascii() and len(once) == ONCE else ""
    wanted = intake.Intake(
        person_id=current.person().id,
        assignment_id=assignment_id,
        answers=given,
        source="portal",
        idempotency_key=f"form-{key}" if key else None,
    )
    return intake.submit(current.ctx(), wanted)


def _load(assignment_id: str) -> tuple[AssignmentPage, Assignment]:
    ctx = current.ctx()
    with ctx.store.read() as reading:
        page = queries.assignment_page(reading, current.person().id, assignment_id, ctx.clock())
    content = materialise.assignment(ctx, page.card.digest)
    if _sealed(page):
        # No variant is drawn either: the first look is that at an open assignment.
        return page, content.model_copy(update={"statement": "", "questions": ()})
    return page, variants.personal(ctx, content, current.person().id, assignment_id)


def _sealed(page: AssignmentPage) -> bool:
    """Whether the questions are not to be read yet: not before the opening, but by staff."""
    staff = page.role in GRADERS or current.person().is_admin
    return page.card.window == "not_open" and not staff


def _show(
    page: AssignmentPage,
    content: Assignment,
    kept: dict[str, Kept],
    before: earlier.Earlier,
    refusal: Refusal | None = None,
) -> Response:
    faults: tuple[Fault, ...] = refusal.faults if refusal else ()
    beside, above = answers.by_question(faults, content.questions)
    html = render_template(
        "portal/assignment.html",
        page=page,
        content=content,
        kept=kept,
        before=before,
        refusal=refusal,
        sealed=_sealed(page),
        typed=expired.typed() if refusal and _sealed(page) else [],
        beside=beside,
        above=above,
        kind_of=kinds.kind_of,
        markdown=markdown.render,
        notebook_kb=NOTEBOOK_KB,
        max_mb=current.ctx().settings.max_upload_mb,
        once=uuid4().hex,
        viewer=current.person().id,
        until=lambda when: words.until(when, current.ctx().clock()),
    )
    response = make_response(html)
    response.status_code = refusal.status if refusal else 200
    return response
