"""Another attempt begins from the last one: nothing right has to be given twice."""

from io import BytesIO

import pytest

from grader.services import intake, publish
from grader.services.intake import Intake
from rubrics.answers import RawAnswer

ESSAY = "Slopes are <small>."
RIGHT = "[0.9673, 1.6824, 2.0190, 579.9380]"


@pytest.fixture
def student(enter, classroom):
    return enter(classroom.student_id)


@pytest.fixture
def page(classroom) -> str:
    return f"/assignments/{classroom.assignment_id}"


def test_typed_answers_are_filled_in_again(student, page) -> None:
    student.post(page, {"text.q1.tensor": RIGHT, "text.q2b.text": ESSAY})
    text = student.text(page)
    assert f'value="{RIGHT}"' in text
    assert "\nSlopes are &lt;small&gt;.</textarea>" in text
    assert "your answers of attempt 1" in text


def test_an_empty_form_is_one_click_away(student, page) -> None:
    student.post(page, {"text.q1.tensor": RIGHT})
    text = student.text(f"{page}?from=empty")
    assert RIGHT not in text
    assert "your answers of attempt" not in text


def test_each_attempt_can_be_gone_on_from(student, page) -> None:
    first = student.post(page, {"text.q1.tensor": RIGHT}).location
    student.post(page, {"text.q1.tensor": "[1, 2, 3, 4]"})
    assert 'value="[1, 2, 3, 4]"' in student.text(page)
    text = student.text(f"{page}?from={first.rpartition('/')[2]}")
    assert f'value="{RIGHT}"' in text
    assert "your answers of attempt 1" in text


def test_code_comes_back_as_text_with_its_name(student, page) -> None:
    script = {"kind.q1": "code", "file.q1.code": (BytesIO(b"x = 1\n"), "mine.py")}
    student.post(page, script)
    text = student.text(page)
    assert "\nx = 1\n</textarea>" in text
    assert 'value="mine.py"' in text
    assert 'value="code" checked' in text


def test_files_are_handed_in_again_without_being_sent(student, sheet, answers, png) -> None:
    first = student.post(sheet, {"file.scan.scan": (BytesIO(png), "my page.png")}).location
    assert "<code>my page.png</code> of attempt 1 again" in student.text(sheet)
    before = first.rpartition("/")[2]
    data = {"from": before, "keep.scan.scan": "1", "text.text.text": "More."}
    second = answers(student.post(sheet, data).location)
    assert second["text"].text == "More."
    assert second["scan"].files == answers(first)["scan"].files


def test_what_is_chosen_anew_replaces_the_kept_file(student, sheet, answers, png) -> None:
    first = student.post(sheet, {"file.scan.scan": (BytesIO(png), "old.png")}).location
    data = {
        "from": first.rpartition("/")[2],
        "keep.scan.scan": "1",
        "file.scan.scan": (BytesIO(png), "new.png"),
    }
    second = answers(student.post(sheet, data).location)
    assert second["scan"].text == "page-01.png: new.png"


def test_a_file_that_is_not_kept_is_not_handed_in(student, sheet, answers, png) -> None:
    first = student.post(sheet, {"file.scan.scan": (BytesIO(png), "old.png")}).location
    data = {"from": first.rpartition("/")[2], "text.text.text": "More."}
    assert set(answers(student.post(sheet, data).location)) == {"text"}


def test_after_a_refusal_the_old_file_does_not_stand_in_for_a_new_one(student, sheet, png) -> None:
    first = student.post(sheet, {"file.scan.scan": (BytesIO(png), "old.png")}).location
    before = first.rpartition("/")[2]
    wrong = {"from": before, "keep.scan.scan": "1", "text.number.number": "what?"}
    kept = student.post(sheet, wrong)
    assert kept.status_code == 422
    assert 'name="keep.scan.scan" value="1" checked' in kept.text
    wrong = wrong | {"file.scan.scan": (BytesIO(png), "new.png")}
    replaced = student.post(sheet, wrong).text
    assert 'name="keep.scan.scan" value="1" >' in replaced
    assert "Choose <code>new.png</code> again" in replaced


def test_nobody_hands_in_the_files_of_another(
    student, enter, classroom, sheet, answers, ctx, png
) -> None:
    other = intake.submit(
        ctx,
        Intake(
            classroom.other_student_id,
            sheet.rpartition("/")[2],
            {"scan": RawAnswer(kind="scan", files={"theirs.png": png})},
        ),
    )
    assert "theirs.png" not in student.text(f"{sheet}?from={other.submission_id}")
    data = {"from": other.submission_id, "keep.scan.scan": "1", "text.text.text": "More."}
    assert set(answers(student.post(sheet, data).location)) == {"text"}


def test_a_choice_is_ticked_again(student, sheet) -> None:
    student.post(sheet, {"pick.choice.choice": ["b"]})
    text = student.text(sheet)
    assert 'value="b" aria-label="&lt;b&gt;Else&lt;/b&gt;" checked' in text
    assert 'value="a" aria-label="$x&lt;1$" checked' not in text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("book.ipynb", b'{"cells": [{"cell_type": "code", "source": "%pip"}]}'),
        ("long.py", b"#" * 210_000),
    ],
)
def test_no_file_is_shown_as_code_that_it_is_not(student, sheet, name, content) -> None:
    data = {"file.code.code": (BytesIO(content), name), "text.number.number": "what?"}
    text = student.post(sheet, data).text
    assert f"Choose <code>{name}</code> again" in text
    assert "\n</textarea>" in text.split('id="code-code"')[1][:200]


def test_a_question_that_is_asked_no_more_is_left_out(
    student, ctx, classroom, sheet, tmp_path, kinds_folder
) -> None:
    student.post(sheet, {"text.text.text": "Words.", "text.number.number": "0.25"})
    folder = kinds_folder(tmp_path / "later", leave_out=("text",))
    publish.publish(ctx, classroom.course_id, folder)
    text = student.text(sheet)
    assert 'value="0.25"' in text
    assert "Words." not in text
