"""Each student's page shows the student's own numbers, and staff see which they were."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from grader.domain.policy import Policy
from grader.services import publish
from grader.store.models import VariantRow
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


def test_students_see_their_own_numbers_each_time(enter, ctx, classroom, page, folder):
    people = (classroom.student_id, classroom.other_student_id)
    texts = [[enter(person).text(page) for _ in range(2)] for person in people]
    seeds = [stored_seed(ctx, person) for person in people]
    assert seeds[0] != seeds[1]
    for seed, seen in zip(seeds, texts, strict=True):
        # Two seeds may stand for one variant of the pool: each is compared with its own.
        expected = str(variants.draw(load(folder), seed).questions["q"].n)
        assert [number(text) for text in seen] == [expected, expected]
        assert all("{{" not in text for text in seen)


def stored_seed(ctx, person):
    with ctx.store.read() as session:
        return session.scalar(select(VariantRow.seed).where(VariantRow.person_id == person))


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


def test_questions_are_not_read_before_the_opening_nor_drawn(ctx, enter, classroom, folder, clock):
    opens = clock.now + timedelta(days=1)
    made = publish.publish(ctx, classroom.course_id, folder, Policy(opens_at=opens))
    page = f"/assignments/{made}"
    ada = enter(classroom.student_id)
    for text in (ada.text(page), ada.post(page, {"text.q.number": "7"}, form="/").text):
        assert "Not open yet" in text
        assert "Your number is" not in text
        assert "What earns the points" not in text
        assert "Hand in</span>" not in text
    with ctx.store.read() as session:
        assert session.scalar(select(func.count()).select_from(VariantRow)) == 0
    assert number(enter(classroom.instructor_id).text(page))
    clock.forward(days=1)
    assert number(ada.text(page))
