"""The web over a real SQLite file, visited by people with cookies and forms of their own."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from grader.bootstrap import Context
from grader.services import people, publish, tokens
from grader.settings import Settings
from grader.store.queries import submissions
from grader.web import create_app
from grader.web.session import load

SPECS = {
    "number": "decimals: 2",
    "choice": "options: [{id: a, text: $x<1$}, {id: b, text: <b>Else</b>}]",
    "code": "suffixes: [.py, .ipynb]",
    "text": "max_words: 50",
    "scan": "max_files: 2",
}
QUESTION = """
  - id: {kind}
    title: A {kind}
    points: 1
    statement: Give a {kind}.
    answers: [{{kind: {kind}, {spec}}}]
    checks: [{{id: read, kind: person, title: Read}}]
    rubric: [{{id: fine, text: It is fine., points: 1}}]
"""
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)
PASSWORD = "a long enough password"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """SQLite alone: what differs between databases is tested with the store."""
    path = tmp_path / "web.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Rate limits counted in memory; the tests of limits take a real Valkey."""
    return Settings(
        mode="test",
        database_url=database_url,
        redis_url="memory://",
        secret_key="s" * 40,
        base_url="http://localhost",
        artefacts_url=f"file://{tmp_path}/artefacts",
        cache_dir=tmp_path / "cache",
    )


@pytest.fixture
def app(ctx: Context) -> APIFlask:
    return create_app(ctx)


@dataclass
class Visitor:
    """Someone with a browser: cookies are kept, forms carry their CSRF token."""

    app: APIFlask
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, buffered=True, **more)

    def text(self, path: str) -> str:
        """A page that must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text[-2000:]
        return answer.text

    def post(self, path: str, data: dict[str, Any] | None = None, form: str = "") -> TestResponse:
        """Send a form, with the token that the page `form` (else `path` itself) carries."""
        return self.client.post(path, data={"csrf_token": self.token(form or path), **(data or {})})

    def token(self, page: str) -> str:
        found = TOKEN.search(self.get(page).text)
        return unescape(found.group(1)) if found else ""

    def post_raw(self, path: str, name: str, content: bytes, file: str = "") -> TestResponse:
        """One part of a form sent as bytes, so that no large file is left open by the client."""
        token = self.token(path)
        named = f'; filename="{file}"' if file else ""
        parts = (("csrf_token", "", token.encode()), (name, named, content))
        body = b"".join(
            f'--end\r\nContent-Disposition: form-data; name="{part}"{extra}\r\n\r\n'.encode()
            + data
            + b"\r\n"
            for part, extra, data in parts
        )
        kind = "multipart/form-data; boundary=end"
        return self.client.post(path, data=body + b"--end--\r\n", content_type=kind)

    def sign_in(self, username: str, password: str = PASSWORD, **more: str) -> TestResponse:
        return self.post("/sign-in", {"username": username, "password": password, **more})


@pytest.fixture
def visitor(app: APIFlask) -> Visitor:
    """Nobody yet."""
    return Visitor(app)


@pytest.fixture
def enter(app: APIFlask, ctx: Context) -> Callable[[str], Visitor]:
    """Someone whose session holds this person; signing in by password has tests of its own."""

    def visit(person_id: str) -> Visitor:
        someone, known = Visitor(app), load(ctx, person_id)
        with someone.client.session_transaction() as session:
            session["_user_id"] = person_id if known is None else known.get_id()
            session["_fresh"] = True
        return someone

    return visit


@pytest.fixture
def password(ctx: Context) -> Callable[[str], None]:
    """Give a person the tests' password."""
    return lambda person_id: people.set_password(ctx, person_id, PASSWORD)


@pytest.fixture
def bearer(ctx: Context) -> Callable[..., dict[str, str]]:
    """The headers of a program with a fresh token of this person."""

    def issue(person_id: str, *scopes: str) -> dict[str, str]:
        issued = tokens.issue(ctx, person_id, "a program", scopes or ("submit", "read"))
        return {"Authorization": f"Bearer {issued.token}"}

    return issue


@pytest.fixture
def kinds_folder() -> Callable[..., Path]:
    """Makes an assignment with a question of several kinds, each graded by a person."""
    return _kinds_folder


def _kinds_folder(home: Path, leave_out: tuple[str, ...] = ()) -> Path:
    """An assignment with a question of several kinds, each graded by a person."""
    folder = home / "autograd" / "kinds"
    folder.mkdir(parents=True)
    asked = [
        QUESTION.format(kind=kind, spec=spec)
        for kind, spec in SPECS.items()
        if kind not in leave_out
    ]
    head = "key: autograd/kinds\ntitle: Several kinds\nquestions:\n"
    (folder / "assignment.yaml").write_text(head + "".join(asked))
    (folder / "reference.py").write_text("")
    return folder


@pytest.fixture
def png() -> bytes:
    """A picture of one pixel."""
    return PNG


@pytest.fixture
def sheet(ctx: Context, classroom: Any, tmp_path: Path) -> str:
    """An assignment with a question of every kind."""
    return f"/assignments/{publish.publish(ctx, classroom.course_id, _kinds_folder(tmp_path))}"


@pytest.fixture
def answers(ctx: Context) -> Callable[[str], dict[str, Any]]:
    """The stored answers of a submission, by question."""

    def load(location: str) -> dict[str, Any]:
        with ctx.store.read() as session:
            found = submissions.answers(session, location.rpartition("/")[2])
        return {one.question_id: one for one in found}

    return load
