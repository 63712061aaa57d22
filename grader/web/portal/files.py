"""The files of an answer, and those that an assignment gives to work with."""

from flask_login import login_required
from werkzeug.wrappers import Response

from grader.domain.errors import NotFound
from grader.store.queries.submissions import AnswerView
from grader.web import current, downloads, posed
from grader.web.portal import portal
from grader.web.portal.submissions import visible


@portal.get("/submissions/<id:submission_id>/files/<name:question_id>/<path:name>")
@login_required  # type: ignore[untyped-decorator]
def answer_file(submission_id: str, question_id: str, name: str) -> Response:
    """One file as a download; its name comes from the store, never from the address."""
    view = visible(submission_id)
    digest = _digest(view.answers, question_id, name)
    return downloads.download(current.ctx().artefacts.get(digest), name, f"{digest[:12]}.bin")


@portal.get("/assignments/<id:assignment_id>/files/<name:name>")
@login_required  # type: ignore[untyped-decorator]
def given_file(assignment_id: str, name: str) -> Response:
    """One of the assignment's files that lie beside a student's code when it is run."""
    return downloads.given_file(posed.load(current.person().id, assignment_id), name)


def _digest(answers: tuple[AnswerView, ...], question_id: str, name: str) -> str:
    for answer in answers:
        for one in answer.files:
            if answer.question_id == question_id and one.name == name:
                return one.sha256
    raise NotFound("There is no such file.")
