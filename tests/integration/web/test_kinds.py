"""Every kind of answer that a question may take has an input here, and can be handed in by it."""

from io import BytesIO

import pytest

from grader.services import publish
from grader.web.portal.kinds import KINDS
from rubrics.answers import KINDS as TAKEN

ASSIGNMENT = """
key: autograd/kinds
title: Every kind
questions:
"""
QUESTION = """
  - id: {kind}
    title: A {kind}
    points: 1
    statement: Give a {kind}.
    answers:
      - kind: {kind}
{spec}
    checks:
      - id: read
        kind: person
        title: Read
    rubric:
      - id: fine
        text: It is fine.
        points: 1
"""
SPECS = {
    "number": {"decimals": "2"},
    "tensor": {"shape": "[2, 2]", "decimals": "2", "forms": "[typed, npy]"},
    "expression": {"symbols": "[{name: eta}, {name: x}]"},
    "choice": {"options": "[{id: a, text: $x<1$}, {id: b, text: <b>Else</b>}]", "many": "true"},
    "code": {"suffixes": "[.py, .ipynb]"},
    "text": {"max_words": "50"},
    "scan": {"max_files": "2"},
}  # fmt: skip
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)
ANSWERS = {
    "number": {"text.number.number": "0.25"},
    "tensor": {"text.tensor.tensor": "[[1, 2], [3, 4]]"},
    "expression": {"text.expression.expression": "eta*x"},
    "choice": {"pick.choice.choice": ["a", "b"]},
    "code": {"code.code": "x = 1"},
    "text": {"text.text.text": "Words."},
    "scan": {"file.scan.scan": (BytesIO(PNG), "page.png")},
}


@pytest.fixture
def page(ctx, classroom, tmp_path) -> str:
    folder = tmp_path / "autograd" / "kinds"
    folder.mkdir(parents=True)
    parts = [
        QUESTION.format(
            kind=kind,
            spec="\n".join(f"        {name}: {value}" for name, value in spec.items()),
        )
        for kind, spec in SPECS.items()
    ]
    (folder / "assignment.yaml").write_text(ASSIGNMENT + "".join(parts))
    (folder / "reference.py").write_text("")
    return f"/assignments/{publish.publish(ctx, classroom.course_id, folder)}"


def test_every_kind_has_its_input_and_its_test() -> None:
    assert set(KINDS) == set(TAKEN) == set(SPECS) == set(ANSWERS)


def test_the_page_asks_for_every_kind(page, enter, classroom) -> None:
    text = enter(classroom.student_id).text(page)
    for kind in ("number", "tensor", "expression", "text"):
        assert f'name="text.{kind}.{kind}"' in text
    for kind in ("tensor", "code", "scan"):
        assert f'name="file.{kind}.{kind}"' in text
    assert text.count('type="checkbox" name="pick.choice.choice"') == 2
    assert "&lt;b&gt;Else" in text
    assert '<span class="math inline">x&lt;1</span>' in text


@pytest.mark.parametrize("kind", sorted(SPECS))
def test_each_can_be_handed_in_and_is_shown_again(page, enter, classroom, kind) -> None:
    student = enter(classroom.student_id)
    answer = student.post(page, dict(ANSWERS[kind]))
    assert answer.status_code == 303, answer.text[-3000:]
    assert student.get(answer.location).status_code == 200


def test_what_was_chosen_is_kept_when_another_answer_is_refused(page, enter, classroom) -> None:
    data = {"pick.choice.choice": ["b"], "text.number.number": "what?"}
    text = enter(classroom.student_id).post(page, data).text
    assert 'value="b" aria-label="&lt;b&gt;Else&lt;/b&gt;" checked' in text
    assert text.count(" checked>") == 1
    assert 'value="what?"' in text


@pytest.mark.parametrize("picked", [["invented"], ["a", "invented"], ["a,b"], ["\x00"]])
def test_an_invented_option_is_never_our_failure(page, enter, classroom, picked) -> None:
    answer = enter(classroom.student_id).post(page, {"pick.choice.choice": picked})
    assert answer.status_code in (303, 422)


def test_a_refused_file_name_is_not_refused_for_ever(page, enter, classroom) -> None:
    student = enter(classroom.student_id)
    refused = student.post(page, {"file.code.code": (BytesIO(b"x = 1"), "notes.txt")})
    assert refused.status_code == 422
    assert 'value="notes.txt"' in refused.text
    again = student.post(page, {"code.code": "x = 1", "name.code": "notes.txt"})
    assert again.status_code == 303
