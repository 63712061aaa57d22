"""Files within files, names that look like others, and clocks that are not ours."""

import io
import json
import tarfile
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from grader.domain.policy import Policy
from grader.services import publish
from grader.store.models import SubmissionRow
from rubrics.loader import LIBRARY

RIGHT = "[0.9673, 1.6824, 2.0190, 579.9380]"


@pytest.fixture
def page(classroom) -> str:
    return f"/assignments/{classroom.assignment_id}"


@pytest.fixture
def student(enter, classroom):
    return enter(classroom.student_id)


@pytest.fixture
def stored(ctx):
    def count() -> int:
        with ctx.store.read() as session:
            return session.scalar(select(func.count()).select_from(SubmissionRow)) or 0

    return count


def zipped(content: bytes, name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def tarred(content: bytes, name: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def nested() -> bytes:
    """A bomb in a bomb in a tar: a gigabyte in some kilobytes."""
    return tarred(zipped(zipped(b"0" * 50_000_000, "a.zip"), "../../b.zip"), "../c.zip")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("answer.zip", "is not a .py file"),
        ("answer.tar.gz", "is not a .py file"),
        ("answer.py", "binary data"),
        ("answer.py.zip", "is not a .py file"),
    ],
)
def test_an_archive_in_an_archive_is_opened_by_nobody(student, page, stored, name, said) -> None:
    data = {"kind.q1": "code", "file.q1.code": (io.BytesIO(nested()), name)}
    answer = student.post(page, data)
    assert answer.status_code == 422
    assert said in answer.text
    assert stored() == 0


def code(name: str, content: bytes = b"x = 1\n") -> dict[str, object]:
    return {"kind.q1": "code", "file.q1.code": (io.BytesIO(content), name)}


@pytest.mark.parametrize(
    "name", ["answer.\u0440y", "answer.p\u0443", "answer\u2024py", "answer.py\u200b"]
)
def test_an_ending_that_only_looks_right_is_refused(student, page, stored, name) -> None:
    answer = student.post(page, code(name))
    assert answer.status_code == 422
    assert "is not a .py file" in answer.text
    assert stored() == 0


@pytest.mark.parametrize(
    "name", ["\u0430nswer.py", "ans\u202ewer.py", "torch\u200b.py", "../../\uff0e\uff0e/answer.py"]
)
def test_a_name_that_looks_like_another_is_kept_under_ours(student, page, name) -> None:
    answer = student.post(page, code(name))
    assert answer.status_code == 303
    shown = student.text(answer.location)
    assert not set(shown) & set("\u202e\u200b"), "nothing turns the page's text around"
    assert student.get(f"{answer.location}/files/q1/answer.py").data == b"x = 1\n"
    asked = student.get(f"{answer.location}/files/q1/{name}")
    assert asked.status_code == 404


CLOCKS = {
    "Date": "Mon, 01 Jan 2001 00:00:00 GMT",
    "X-Request-Start": "t=978307200",
    "If-Unmodified-Since": "Mon, 01 Jan 2001 00:00:00 GMT",
}


def close(ctx, classroom) -> None:
    folder = LIBRARY / "autograd" / "paper-1"
    closed = Policy(closes_at=ctx.clock() - timedelta(minutes=1))
    publish.publish(ctx, classroom.course_id, folder, closed)


def test_a_clock_of_the_students_opens_no_closed_door(
    student, ctx, classroom, page, stored
) -> None:
    token = student.token(page)
    close(ctx, classroom)
    early = (ctx.clock() - timedelta(days=1)).isoformat()
    data = {"csrf_token": token, "text.q1.tensor": RIGHT}
    data |= dict.fromkeys(("submitted_at", "now", "closes_at", "timezone"), early)
    answer = student.client.post(page, data=data, headers=CLOCKS)
    assert answer.status_code == 403
    assert "closed" in answer.text
    assert stored() == 0


def test_nor_does_a_programs(app, bearer, ctx, classroom, stored) -> None:
    path = f"/api/v1/assignments/{classroom.assignment_id}/submissions"
    client, ada = app.test_client(), bearer(classroom.student_id)
    early = (ctx.clock() - timedelta(days=1)).isoformat()
    body = {"answers": {"q1": {"kind": "tensor", "text": RIGHT}}}
    told = client.post(path, json=body | {"submitted_at": early}, headers=ada)
    assert told.status_code == 422, "a field that nobody asked for is said, not ignored"
    assert "submitted_at" in json.dumps(told.json)
    close(ctx, classroom)
    assert client.post(path, json=body, headers=ada | CLOCKS).status_code == 403
    assert stored() == 0


def test_lateness_counts_by_our_clock(student, ctx, classroom, page) -> None:
    folder = LIBRARY / "autograd" / "paper-1"
    publish.publish(
        ctx, classroom.course_id, folder, Policy(due_at=ctx.clock() - timedelta(hours=1))
    )
    token = student.token(page)
    data = {"csrf_token": token, "text.q1.tensor": RIGHT}
    answer = student.client.post(page, data=data, headers=CLOCKS)
    assert answer.status_code == 303
    with ctx.store.read() as session:
        row = session.scalars(select(SubmissionRow)).one()
        assert row.submitted_at == ctx.clock()
