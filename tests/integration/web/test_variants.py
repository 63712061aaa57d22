"""Each student's page shows the student's own numbers, and staff see which they were."""

import re

import pytest

from grader.services import publish
from rubrics import variants
from rubrics.loader import load

YAML = """key: course/drawn
title: Drawn
statement: "Your $m$ is $m = {{m}}$."
parameters:
  m: {kind: int, low: 100000, high: 999999}
questions:
  - id: q
    title: Twice
    points: 1
    statement: "Your number is `{{n}}`. Give twice that."
    parameters:
      n: {kind: int, low: 100000, high: 999999}
    answers: [{kind: number, decimals: 0}]
    checks: [{id: v, kind: values, title: V, reference: twice}]
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "drawn"
    folder.mkdir()
    (folder / "assignment.yaml").write_text(YAML)
    (folder / "reference.py").write_text("def twice(params):\n    return 2.0 * params.n\n")
    return folder


@pytest.fixture
def page(ctx, classroom, folder):
    return f"/assignments/{publish.publish(ctx, classroom.course_id, folder)}"


def number(text):
    return re.search(r"Your number is <code>(\d+)</code>", text).group(1)


def test_students_see_their_own_numbers_each_time(enter, classroom, page):
    ada, bob = enter(classroom.student_id), enter(classroom.other_student_id)
    first = ada.text(page)
    assert number(first) == number(ada.text(page))
    assert number(first) != number(bob.text(page))
    assert "{{" not in first


def test_a_refused_answer_comes_back_with_the_same_numbers(enter, classroom, page):
    ada = enter(classroom.student_id)
    seen = number(ada.text(page))
    refused = ada.post(page, {"kind.q": "number", "text.q.number": "many"})
    assert refused.status_code == 422
    assert number(refused.text) == seen


def test_staff_see_the_variant_of_a_submission(enter, ctx, classroom, page, folder):
    ada = enter(classroom.student_id)
    seen = number(ada.text(page))
    answer = ada.post(page, {"kind.q": "number", "text.q.number": "4"})
    assert answer.status_code == 303
    staff = enter(classroom.instructor_id).text(f"/teaching{answer.location}")
    assert f'<dd class="num">{seen}</dd>' in staff
    shown = int(re.search(r"<h3>Variant (\d+)</h3>", staff).group(1))
    drawn = variants.draw_number(load(folder), shown)
    assert str(drawn.questions["q"].n) == seen


def test_an_assignment_without_parameters_names_no_variant(enter, classroom):
    ada = enter(classroom.student_id)
    answer = ada.post(
        f"/assignments/{classroom.assignment_id}",
        {"kind.q1": "tensor", "text.q1.tensor": "[1, 2, 3, 4]"},
    )
    staff = enter(classroom.instructor_id).text(f"/teaching{answer.location}")
    assert "<h3>Variant" not in staff
