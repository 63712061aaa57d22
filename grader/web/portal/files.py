"""The files of an answer, given back as bytes to keep, never as something to run or render."""

from flask import make_response
from flask_login import login_required
from werkzeug.wrappers import Response

from grader.domain.errors import NotFound
from grader.store.queries.submissions import AnswerView
from grader.web import current
from grader.web.portal import portal
from grader.web.portal.submissions import visible


@portal.get("/submissions/<id:submission_id>/files/<name:question_id>/<path:name>")
@login_required  # type: ignore[untyped-decorator]
def answer_file(submission_id: str, question_id: str, name: str) -> Response:
    """One file as a download; its name comes from the store, never from the address."""
    view = visible(submission_id)
    digest = _digest(view.answers, question_id, name)
    response = make_response(current.ctx().artefacts.get(digest))
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers.set("Content-Disposition", "attachment", filename=f"{digest[:12]}.bin")
    if name.isascii() and name.replace(".", "").replace("_", "").replace("-", "").isalnum():
        response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _digest(answers: tuple[AnswerView, ...], question_id: str, name: str) -> str:
    for answer in answers:
        for one in answer.files:
            if answer.question_id == question_id and one.name == name:
                return one.sha256
    raise NotFound("There is no such file.")
