"""What an assignment puts beside a student's code, they can have at home; nothing else of it."""

from datetime import timedelta

import pytest

from grader.domain.policy import Policy
from grader.services import publish

YAML = """key: course/table
title: A table
questions:
  - id: q
    title: Its sum
    points: 1
    statement: Add up `leaves.csv`.
    answers: [{kind: code, collect: total, given: [leaves.csv]}]
    checks: [{id: v, kind: values, title: V, reference: total}]
"""
DATA = b"width\n1.5\n2.0\n"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "table"
    folder.mkdir()
    (folder / "assignment.yaml").write_text(YAML)
    (folder / "leaves.csv").write_bytes(DATA)
    (folder / "reference.py").write_text("def total():\n    return 3.5\n")
    return folder


@pytest.fixture
def made(ctx, classroom, folder):
    return publish.publish(ctx, classroom.course_id, folder)


def test_the_page_leads_to_the_file(enter, classroom, made):
    ada = enter(classroom.student_id)
    address = f"/assignments/{made}/files/leaves.csv"
    assert f'href="{address}"' in ada.text(f"/assignments/{made}")
    answer = ada.get(address)
    assert answer.data == DATA
    assert answer.headers["Content-Disposition"] == "attachment; filename=leaves.csv"
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_a_program_finds_it_by_the_api(app, bearer, classroom, made):
    student, outsider = bearer(classroom.student_id), bearer(classroom.outsider_id)
    client = app.test_client()
    asked = client.get(f"/api/v1/assignments/{made}", headers=student).json
    assert asked["questions"][0]["kinds"][0]["given"] == ["leaves.csv"]
    address = f"/api/v1/assignments/{made}/files/leaves.csv"
    assert client.get(address, headers=student).data == DATA
    assert client.get(address, headers=outsider).status_code == 404
    assert client.get(address).status_code == 401


@pytest.mark.parametrize(
    "name", ["reference.py", "assignment.yaml", "..", "..%2freference.py", "nothing.csv"]
)
def test_no_other_file_is_given_out(enter, classroom, made, name):
    assert enter(classroom.student_id).get(f"/assignments/{made}/files/{name}").status_code == 404


def test_nobody_else_has_it_nor_anyone_before_the_opening(ctx, enter, classroom, folder, clock):
    opens = clock.now + timedelta(days=1)
    made = publish.publish(ctx, classroom.course_id, folder, Policy(opens_at=opens))
    address = f"/assignments/{made}/files/leaves.csv"
    assert enter(classroom.student_id).get(address).status_code == 404
    assert enter(classroom.instructor_id).get(address).data == DATA
    clock.forward(days=1)
    assert enter(classroom.student_id).get(address).data == DATA
    assert enter(classroom.outsider_id).get(address).status_code == 404
