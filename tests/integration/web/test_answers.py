"""The answer form: every bad input is a clear message beside its field, and nothing is lost."""

from datetime import timedelta
from io import BytesIO

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
    """How many submissions there are."""

    def count() -> int:
        with ctx.store.read() as session:
            return session.scalar(select(func.count()).select_from(SubmissionRow)) or 0

    return count


def a_file(content: bytes, name: str = "answer.py") -> dict[str, object]:
    return {"kind.q1": "code", "file.q1.code": (BytesIO(content), name)}


def test_numbers_are_handed_in(student, page, stored, ctx) -> None:
    answer = student.post(page, {"kind.q1": "tensor", "text.q1.tensor": RIGHT})
    assert answer.status_code == 303
    assert answer.location.startswith("/submissions/")
    assert stored() == 1
    assert len(ctx.queue.of("grade")) == 1


def test_a_script_is_handed_in_as_it_is(student, page) -> None:
    script = b"x = 1\r\n# \xc3\xa9\n"
    answer = student.post(page, a_file(script))
    assert answer.status_code == 303
    location = f"{answer.location}/files/q1/answer.py"
    assert student.get(location).data == script


def test_pasted_code_is_handed_in(student, page) -> None:
    answer = student.post(page, {"kind.q1": "code", "code.q1": "x = 1\r\n", "name.q1": "mine.py"})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("data", "said", "remedy"),
    [
        ({"text.q1.tensor": "[1, two, 3, 4]"}, "<code>two</code>", "Write numbers like"),
        ({"text.q1.tensor": "[1, 2, 3]"}, "3 numbers could be read, 4 are asked for", "Give 4"),
        ({"text.q1.tensor": "[[1, 2], [3, 4]"}, "never closed", "Write the numbers like"),
        (a_file(b""), "The file is empty", "Send the code"),
        (a_file(b"\x00\x01\xff" * 100), "binary data", "Send the Python source"),
        (a_file(b"\xff\xfe junk"), "not UTF-8", "Save it as UTF-8"),
        (a_file(b"x = 1", "answer.exe"), "is not a .py file", "Send one .py file"),
        (a_file(b"#" * 300_000), "at most 256 KB", "alone, without data"),
        ({"text.q2a.expression": "1/2x"}, "below the fraction bar", "Use brackets"),
        (
            {"text.q2a.expression": "sqrt(x)*foo"},
            "<code>foo</code> is not a symbol",
            "send it again",
        ),
        ({"text.q2b.text": "word " * 401}, "401 words", "Shorten it"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_question(
    student, page, stored, data, said, remedy
) -> None:
    answer = student.post(page, data)
    assert answer.status_code == 422
    question = next(iter(data)).split(".")[1]
    beside = answer.text.split(f'id="fault-{question}"')[1].split("</div>\n")[0]
    assert said in beside
    assert remedy in beside
    assert "No attempt was used." in answer.text
    assert stored() == 0


def test_every_fault_is_said_at_once_and_all_input_is_kept(student, page) -> None:
    data = {"text.q1.tensor": "[1, oops]", "text.q2b.text": "Fine."}
    data["text.q2a.expression"] = "x+" * 1500
    text = student.post(page, data).text
    assert 'id="fault-q1"' in text
    assert 'id="fault-q2a"' in text
    assert 'id="fault-q2b"' not in text
    assert 'value="[1, oops]"' in text
    assert "\nFine.</textarea>" in text


def test_nothing_answered_is_said_without_a_submission(student, page, stored) -> None:
    answer = student.post(page, {"kind.q1": "tensor", "text.q1.tensor": "  "})
    assert answer.status_code == 422
    assert stored() == 0
    assert 'class="notice tone-bad"' in answer.text


def test_a_malformed_answer_costs_no_attempt(student, ctx, classroom, clock) -> None:
    folder = LIBRARY / "autograd" / "paper-1"
    publish.publish(ctx, classroom.course_id, folder, Policy(max_attempts=1))
    page = f"/assignments/{classroom.assignment_id}"
    for _ in range(3):
        assert student.post(page, {"text.q1.tensor": "what?"}).status_code == 422
    assert student.post(page, {"text.q1.tensor": RIGHT}).status_code == 303
    spent = student.post(page, {"text.q1.tensor": RIGHT}, form="/")
    assert spent.status_code == 403
    assert "All 1 attempts are used" in spent.text


def test_a_form_sent_twice_is_one_submission(student, page, stored) -> None:
    data = {"text.q1.tensor": RIGHT, "once": "a" * 32}
    first, second = student.post(page, data), student.post(page, data)
    assert first.location == second.location
    assert stored() == 1


def test_a_form_sent_again_with_other_answers_says_so_in_plain_words(student, page, stored) -> None:
    student.post(page, {"text.q1.tensor": RIGHT, "once": "a" * 32})
    other = {"text.q1.tensor": "[1, 2, 3, 4]", "once": "a" * 32}
    answer = student.post(page, other)
    assert answer.status_code == 409
    assert "You handed this form in before, with other answers." in answer.text
    assert "Idempotency" not in answer.text
    assert 'value="[1, 2, 3, 4]"' in answer.text
    assert stored() == 1
    fresh = answer.text.split('name="once" value="')[1].split('"')[0]
    assert student.post(page, other | {"once": fresh}).status_code == 303
    assert stored() == 2


@pytest.mark.parametrize("once", ["../../x", "a" * 33, "é" * 32, "\x00" * 32, ""])
def test_a_meddled_form_key_is_ignored(student, page, once) -> None:
    assert student.post(page, {"text.q1.tensor": RIGHT, "once": once}).status_code == 303


@pytest.mark.parametrize(
    ("policy", "seen", "said"),
    [
        ({"closes_at": -1}, "This assignment closed on", "This assignment closed on"),
        ({"opens_at": 1}, "The questions can be read from", "This assignment opens on"),
    ],
)
def test_a_closed_door_says_when(student, ctx, classroom, page, policy, seen, said) -> None:
    dates = {name: ctx.clock() + timedelta(days=days) for name, days in policy.items()}
    folder = LIBRARY / "autograd" / "paper-1"
    publish.publish(ctx, classroom.course_id, folder, Policy(**dates))
    assert seen in student.text(page)
    answer = student.post(page, {"text.q1.tensor": RIGHT}, form="/")
    assert answer.status_code == 403
    assert said in answer.text
    assert RIGHT in answer.text  # what was typed is not lost


def test_a_cool_down_says_for_how_long(student, ctx, classroom, page) -> None:
    folder = LIBRARY / "autograd" / "paper-1"
    publish.publish(ctx, classroom.course_id, folder, Policy(cooldown_s=90))
    student.post(page, {"text.q1.tensor": RIGHT})
    answer = student.post(page, {"text.q1.tensor": RIGHT}, form="/")
    assert answer.status_code == 429
    assert "before the next attempt" in answer.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_assignment_is_a_plain_404(student, method) -> None:
    path = "/assignments/0198f000-0000-7000-8000-000000000000"
    answer = student.get(path) if method == "get" else student.post(path, {}, form="/")
    assert answer.status_code == 404
    assert "no such assignment" in answer.text


def test_an_assignment_of_another_course_is_as_unknown(enter, classroom, page, stored) -> None:
    outsider = enter(classroom.outsider_id)
    assert outsider.get(page).status_code == 404
    assert outsider.post(page, {"text.q1.tensor": RIGHT}, form="/").status_code == 404
    assert stored() == 0


def test_fifty_megabytes_are_refused_with_the_limit_named(student, page, stored) -> None:
    answer = student.post_raw(page, "file.q1.code", b"#" * (50 * 1024 * 1024), "answer.py")
    assert answer.status_code == 413
    assert "limit of 10 MB" in answer.text
    assert stored() == 0


def test_megabytes_of_typed_text_are_refused_too(student, page) -> None:
    answer = student.post_raw(page, "text.q2b.text", b"a" * (3 * 1024 * 1024))
    assert answer.status_code == 413
    assert "2 MB" in answer.text


@pytest.mark.parametrize(
    "field", ["score", "outcome", "attempt", "person_id", "kind.q9", "text.q9"]
)
def test_fields_of_nobodys_form_change_nothing(student, page, field) -> None:
    answer = student.post(page, {"text.q1.tensor": RIGHT, field: "9"})
    assert answer.status_code == 303
    assert "Attempt 1" in student.text(answer.location)


def test_a_kind_that_the_question_does_not_take_falls_back(student, page) -> None:
    assert student.post(page, {"kind.q1": "pickle", "text.q1.tensor": RIGHT}).status_code == 303


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.py", "C:\\temp\\answer.py", "a" * 500 + ".py", "\u202egnp.py"]
)
def test_a_strange_file_name_is_cut_to_its_last_part(student, page, name) -> None:
    assert student.post(page, a_file(b"x = 1", name)).status_code == 303


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_form_sent_after_its_session_ended_gives_back_what_was_typed(
    enter, visitor, classroom, page, stored, signed_in
) -> None:
    someone = enter(classroom.student_id) if signed_in else visitor
    essay = "Slopes are small. <script>alert(1)</script>"
    data = {"text.q2b.text": essay, "text.q1.tensor": RIGHT, "csrf_token": "of yesterday"}
    answer = someone.client.post(page, data=data)
    assert answer.status_code == 400
    assert "Slopes are small. &lt;script&gt;" in answer.text
    assert RIGHT in answer.text
    assert "of yesterday" not in answer.text
    back = f'href="{page}"' if signed_in else f'href="/sign-in?next={page}"'
    assert back in answer.text
    assert stored() == 0


def test_who_is_gone_is_led_back_to_the_form_and_not_to_the_list(student, page) -> None:
    token = student.token(page)
    with student.client.session_transaction() as session:
        session.pop("_user_id")
    answer = student.client.post(page, data={"csrf_token": token, "text.q1.tensor": RIGHT})
    assert (answer.status_code, answer.location) == (302, f"/sign-in?next={page}")


def test_the_browser_is_told_once_to_forget_what_was_handed_in(student, page, classroom) -> None:
    answer = student.post(page, {"text.q1.tensor": RIGHT})
    mark = f'data-handed-in="{classroom.student_id}/{classroom.assignment_id}"'
    assert mark in student.text(answer.location)
    assert mark not in student.text(answer.location)
