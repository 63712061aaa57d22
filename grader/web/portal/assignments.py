"""The page of one assignment with its answer form."""

from collections.abc import Container
from functools import partial
from typing import Any
from uuid import uuid4

from flask import make_response, redirect, render_template, request, session, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from grader.domain.errors import AssignmentUnknown, Conflict, Fault, Refusal
from grader.services import intake
from grader.web import current, downloads, expired, limits, markdown, posed, words
from grader.web.portal import answers, earlier, kinds, portal, sent
from grader.web.portal.kept import Kept
from grader.web.portal.submissions import HANDED_IN
from rubrics.answers.code.parse import NOTEBOOK_KB

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
    asked = posed.load(current.person().id, assignment_id)
    before = earlier.load(current.ctx(), earlier.last(asked.page, request.args.get("from", "")))
    return _show(asked, earlier.filled(asked.content.questions, before), before)


@portal.post("/assignments/<id:assignment_id>")
@login_required  # type: ignore[untyped-decorator]
@limits.limiter.limit(limits.SUBMIT, key_func=limits.caller_key)
def submit(assignment_id: str) -> Response:
    """Store the answers; what is refused comes back with the reason beside it."""
    asked = posed.load(current.person().id, assignment_id)
    ctx = current.ctx()
    before = earlier.load(ctx, earlier.last(asked.page, request.form.get("from", earlier.EMPTY)))
    questions, fetch = asked.content.questions, _fetch(assignment_id)
    form, files = request.form, request.files
    given, kept = answers.read(ctx, questions, form, files, before, fetch=fetch)
    try:
        answers.require_all(kept)
        receipt = _store(assignment_id, given)
    except AssignmentUnknown:
        raise
    except Conflict:
        # The form that is shown has a key of its own, so sending it is another attempt.
        return _show(asked, kept, before, SENT_BEFORE)
    except Refusal as refusal:
        return _show(asked, kept, before, refusal)
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


def _fetch(assignment_id: str) -> answers.Fetch:
    """Gives the files that this person's refused form of the assignment held, by their digest."""
    url, person_id = current.ctx().settings.redis_url, current.person().id
    return partial(sent.take, url, person_id, assignment_id)


def _keep(assignment_id: str, kept: dict[str, Kept], faulty: Container[str]) -> None:
    """Keep what was chosen and is not itself the fault."""
    chosen = {name: one.uploads for name, one in kept.items() if one.uploads and name not in faulty}
    if not chosen:
        return
    url, person_id = current.ctx().settings.redis_url, current.person().id
    for name, digest in sent.keep(url, person_id, assignment_id, chosen).items():
        kept[name].sent = digest


def _show(
    asked: posed.Posed,
    kept: dict[str, Kept],
    before: earlier.Earlier,
    refusal: Refusal | None = None,
) -> Response:
    faults: tuple[Fault, ...] = refusal.faults if refusal else ()
    beside, above = answers.by_question(faults, asked.content.questions)
    if refusal:
        _keep(asked.page.card.id, kept, beside)
    html = render_template(
        "portal/assignment.html",
        page=asked.page,
        content=asked.content,
        kept=kept,
        before=before,
        refusal=refusal,
        sealed=asked.sealed,
        typed=expired.typed() if refusal and asked.sealed else [],
        beside=beside,
        above=above,
        kind_of=kinds.kind_of,
        given=downloads.given,
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
