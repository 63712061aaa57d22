"""Files given out as bytes to keep, never as something to run or render."""

from flask import Response, make_response

from grader.domain.errors import NotFound
from grader.services import materialise
from grader.web import current
from grader.web.posed import Posed
from rubrics.answers.code.spec import CodeSpec
from rubrics.schema import Question


def download(data: bytes, name: str, otherwise: str) -> Response:
    """The bytes as a download called `name`, or `otherwise` where a browser might misread that."""
    response = make_response(data)
    plain = name.isascii() and name.replace(".", "").replace("_", "").replace("-", "").isalnum()
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers.set("Content-Disposition", "attachment", filename=name if plain else otherwise)
    return response


def given(question: Question) -> list[str]:
    """The names of the assignment's own files that lie beside a student's code, each once."""
    kinds = [spec for spec in question.answers if isinstance(spec, CodeSpec)]
    return list(dict.fromkeys(name for spec in kinds for name in spec.given))


def given_file(asked: Posed, name: str) -> Response:
    """One of those, to write code against at home. Raises `NotFound`, also before it opens."""
    if not any(name in given(question) for question in asked.content.questions):
        raise NotFound("There is no such file.")
    folder = materialise.folder(current.ctx(), asked.page.card.digest)
    return download((folder / name).read_bytes(), name, name)
