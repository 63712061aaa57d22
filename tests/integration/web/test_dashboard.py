"""Staff pages: for staff alone, honest about who decided, and safe to export."""

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest

from grader.domain.policy import Late, Policy
from grader.services import (
    courses,
    endpoints,
    extensions,
    grading,
    intake,
    outbox,
    people,
    publish,
)
from grader.services import review as review_service
from grader.services.intake import Intake
from grader.store.models import DeliveryRow
from grader.store.queries import submissions
from grader.web.dashboard import review
from rubrics.answers import RawAnswer
from rubrics.grade import CheckGrade, Grade, QuestionGrade
from rubrics.loader import LIBRARY
from rubrics.outcome import Outcome

RIGHT = "[0.9673, 1.6824, 2.0190, 579.9380]"
UNKNOWN = "0198f000-0000-7000-8000-000000000000"


@pytest.fixture
def staff(enter, classroom):
    return enter(classroom.grader_id)


@pytest.fixture
def hand_in(ctx, classroom):
    """A graded submission whose second question waits for a person."""

    def submit(person_id: str, score: float = 4.0) -> str:
        answers = {
            "q1": RawAnswer(kind="tensor", text=RIGHT),
            "q2b": RawAnswer(kind="text", text="Slopes of a sigmoid are small."),
        }
        receipt = intake.submit(ctx, Intake(person_id, classroom.assignment_id, answers))
        work = grading.claim(ctx, receipt.grading_id)
        assert work is not None
        assert grading.record(ctx, receipt.grading_id, a_grade(work, score), {"judge": 4.0})
        return receipt.submission_id

    return submit


def a_grade(work, score: float) -> Grade:
    outcome = Outcome.CORRECT if score == 4.0 else Outcome.WRONG
    check = CheckGrade(
        id="explanation",
        title="The explanation",
        outcome=Outcome.NEEDS_REVIEW,
        evidence="person",
        score=None,
        max_score=3.0,
    )
    questions = (
        QuestionGrade(id="q1", score=score, max_score=4.0, outcome=outcome),
        QuestionGrade(id="q2a", score=0.0, max_score=2.0, outcome=Outcome.WRONG),
        QuestionGrade(
            id="q2b",
            score=None,
            max_score=3.0,
            outcome=Outcome.NEEDS_REVIEW,
            checks=(check,),
        ),
    )
    return Grade(
        assignment="autograd/paper-1",
        student=work.student,
        attempt=work.attempt,
        score=score,
        max_score=9.0,
        provisional=True,
        outcome=Outcome.NEEDS_REVIEW,
        questions=questions,
    )


def pages(classroom, submission: str) -> list[str]:
    course = f"/teaching/courses/{classroom.course_id}"
    return [
        course,
        *(f"{course}/{name}" for name in ("submissions", "review", "lms", "webhooks", "audit")),
        f"/teaching/assignments/{classroom.assignment_id}",
        f"/teaching/assignments/{classroom.assignment_id}/scores.csv",
        f"/teaching/assignments/{classroom.assignment_id}/questions",
        f"/teaching/submissions/{submission}",
        f"/teaching/submissions/{submission}/questions/q2b",
    ]


def test_staff_see_every_page(staff, classroom, hand_in) -> None:
    for page in pages(classroom, hand_in(classroom.student_id)):
        assert staff.get(page).status_code == 200, page


@pytest.mark.parametrize("who", ["student_id", "outsider_id"])
def test_others_are_told_that_there_is_nothing(enter, classroom, hand_in, who) -> None:
    submission = hand_in(classroom.student_id)
    visitor = enter(getattr(classroom, who))
    for page in pages(classroom, submission):
        assert visitor.get(page).status_code == 404, page
    assert "Teaching" not in visitor.text("/")


def test_a_student_cannot_mark_or_regrade(ctx, enter, classroom, hand_in) -> None:
    submission = hand_in(classroom.student_id)
    student = enter(classroom.student_id)
    for path in ("regrade", "questions/q2b"):
        answer = student.post(
            f"/teaching/submissions/{submission}/{path}", {"item": "saturation"}, form="/"
        )
        assert answer.status_code == 404
    with ctx.store.read() as session:
        view = submissions.view(session, submission)
    assert (view.revision, view.marks, len(view.gradings)) == (1, (), 1)


def test_a_decision_is_kept_with_its_name_and_totals_move(ctx, staff, classroom, hand_in) -> None:
    submission = hand_in(classroom.student_id)
    form = f"/teaching/submissions/{submission}/questions/q2b"
    assert "saturates" in staff.text(form)
    data = {"item": ["saturation", "product"], "comment": "Good.\x00\r\nGo on."}
    answer = staff.post(form, data)
    assert answer.status_code == 303
    with ctx.store.read() as session:
        view = submissions.view(session, submission)
    assert view.grade is not None
    assert (view.grade.score, view.grade.provisional) == (6.0, False)
    assert view.marks[0].by == "marker"
    assert view.marks[0].comment == "Good.\nGo on."
    text = staff.text(answer.location)
    assert "Decided: Why gradients vanish" in text
    assert "by marker" in text


@pytest.mark.parametrize(
    "data", [{"item": "invented"}, {"item": ["saturation", "invented"]}, {"item": "\x00"}]
)
def test_an_invented_item_is_refused_and_input_kept(ctx, staff, classroom, hand_in, data) -> None:
    submission = hand_in(classroom.student_id)
    form = f"/teaching/submissions/{submission}/questions/q2b"
    answer = staff.post(form, data | {"comment": "Kept."})
    assert answer.status_code == 422
    assert "Kept.</textarea>" in answer.text
    with ctx.store.read() as session:
        assert submissions.view(session, submission).revision == 1


@pytest.mark.parametrize("field", ["score", "max_score", "points", "outcome", "actor_id"])
def test_fields_of_nobodys_form_change_nothing(ctx, staff, classroom, hand_in, field) -> None:
    submission = hand_in(classroom.student_id)
    form = f"/teaching/submissions/{submission}/questions/q2b"
    staff.post(form, {"item": "saturation", field: "999"})
    with ctx.store.read() as session:
        grade = submissions.view(session, submission).grade
    assert grade is not None
    assert (grade.score, grade.max_score) == (5.0, 9.0)


@pytest.mark.parametrize("question", ["q1", "q9", "..", "q2b%00"])
def test_a_question_that_no_person_grades_has_no_form(staff, classroom, hand_in, question) -> None:
    submission = hand_in(classroom.student_id)
    path = f"/teaching/submissions/{submission}/questions/{question}"
    assert staff.get(path).status_code == 404


def test_a_regrade_is_queued_and_said(ctx, staff, classroom, hand_in) -> None:
    submission = hand_in(classroom.student_id)
    page = f"/teaching/submissions/{submission}"
    before = len(ctx.queue.of("grade"))
    answer = staff.post(f"{page}/regrade", form=page)
    assert answer.status_code == 303
    assert len(ctx.queue.of("grade")) == before + 1
    assert "in the queue to be graded again" in staff.text(page)


def test_a_post_without_its_token_is_refused(staff, classroom, hand_in) -> None:
    submission = hand_in(classroom.student_id)
    for path in ("regrade", "questions/q2b"):
        assert staff.client.post(f"/teaching/submissions/{submission}/{path}").status_code == 400


def test_the_table_is_filtered_and_sorted(staff, classroom, hand_in) -> None:
    hand_in(classroom.student_id, 0.0)
    hand_in(classroom.other_student_id, 4.0)
    page = f"/teaching/assignments/{classroom.assignment_id}"
    falling = staff.text(f"{page}?sort=-score")
    assert falling.index(">Bob<") < falling.index(">Ada<")
    assert 'aria-sort="descending"' in falling
    filtered = staff.text(f"{page}?q=BO")
    assert ">Bob<" in filtered
    assert ">Ada<" not in filtered
    for odd in ("sort=__class__", "sort=", "page=0", "page=-3", "page=x", "q=%00", "page=99"):
        assert staff.get(f"{page}?{odd}").status_code == 200, odd


def test_submissions_are_filtered_by_state(staff, classroom, hand_in) -> None:
    submission = hand_in(classroom.student_id)
    page = f"/teaching/courses/{classroom.course_id}/submissions"
    link = f"/teaching/submissions/{submission}"
    assert link in staff.text(page)
    assert link in staff.text(f"{page}?state=needs_review&assignment={classroom.assignment_id}")
    assert link not in staff.text(f"{page}?state=failed")
    assert link not in staff.text(f"{page}?before={UNKNOWN}")
    for odd in ("state=invented", "assignment=x", "before=%00", "before='--"):
        assert link in staff.text(f"{page}?{odd}"), odd


def test_staff_read_the_questions_even_an_administrator_who_is_in_no_course(
    ctx, enter, classroom
) -> None:
    admin = enter(people.create(ctx, "root", "Root", is_admin=True))
    page = f"/teaching/assignments/{classroom.assignment_id}"
    assert f'href="{page}/questions"' in admin.text(page)
    text = admin.text(f"{page}/questions")
    assert "Why gradients vanish" in text
    assert "saturates" in text  # an item that a person ticks
    assert admin.get(f"/teaching/assignments/{UNKNOWN}/questions").status_code == 404


def test_the_numbers_of_a_course_lead_to_submissions_with_their_reason(
    ctx, staff, classroom
) -> None:
    answers = {"q1": RawAnswer(kind="tensor", text=RIGHT)}
    wanted = Intake(classroom.student_id, classroom.assignment_id, answers)
    broken, waits = intake.submit(ctx, wanted), intake.submit(ctx, wanted)
    assert grading.claim(ctx, broken.grading_id)
    grading.fail(ctx, broken.grading_id, "The judge <b>broke</b>.")
    course = staff.text(f"/teaching/courses/{classroom.course_id}")
    links = dict(re.findall(r'href="([^"]+state=(\w+)[^"]+)"', course))
    by_state = {state: unescape(link) for link, state in links.items()}
    assert set(by_state) == {"waiting", "failed"}
    failed = staff.text(by_state["failed"])
    assert broken.submission_id in failed
    assert waits.submission_id not in failed
    assert "The judge &lt;b&gt;broke" in failed
    waiting = staff.text(by_state["waiting"])
    assert waits.submission_id in waiting
    assert broken.submission_id not in waiting


def test_whoever_waits_longest_for_a_person_is_never_left_out(
    staff, classroom, hand_in, monkeypatch
) -> None:
    monkeypatch.setattr(review, "PAGE", 2)
    first, second, third = (hand_in(classroom.student_id) for _ in range(3))
    page = f"/teaching/courses/{classroom.course_id}/review"
    text = staff.text(page)
    assert text.index(first) < text.index(second)
    assert third not in text
    assert "More come up as they are decided." in text
    monkeypatch.setattr(review, "PAGE", 3)
    text = staff.text(page)
    assert third in text
    assert "More come up" not in text


def test_fifty_a_page_and_then_older(ctx, staff, classroom) -> None:
    answers = {"q1": RawAnswer(kind="tensor", text=RIGHT)}
    wanted = Intake(classroom.student_id, classroom.assignment_id, answers)
    first = intake.submit(ctx, wanted).submission_id
    for _ in range(50):
        intake.submit(ctx, wanted)
    page = f"/teaching/courses/{classroom.course_id}/submissions"
    text = staff.text(page)
    assert first not in text
    older = text.split("before=")[1].split('"')[0]
    assert first in staff.text(f"{page}?before={older}")


def test_the_export_cannot_start_a_program(ctx, staff, classroom, hand_in) -> None:
    # An equals sign proper is refused where people are made; this one some spreadsheets take too.
    evil = people.create(ctx, "evil", '＝HYPERLINK("https://elsewhere.example","x")')
    people.enrol(ctx, classroom.course_id, evil, "student")
    hand_in(evil)
    answer = staff.get(f"/teaching/assignments/{classroom.assignment_id}/scores.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        answer.headers["Content-Disposition"] == "attachment; filename=scores-autograd-paper-1.csv"
    )
    rows = {row["username"]: row for row in csv.DictReader(io.StringIO(answer.text[1:]))}
    assert rows["evil"]["name"].startswith("'＝HYPERLINK")
    assert (rows["evil"]["score"], rows["evil"]["provisional"]) == ("4.0", "yes")
    assert (rows["bob"]["score"], rows["bob"]["attempts"]) == ("", "0")
    assert (rows["bob"]["provisional"], rows["bob"]["handed_in_utc"]) == ("", "")


def test_the_export_has_a_column_a_question_and_says_when_and_how_late(
    ctx, staff, classroom, hand_in
) -> None:
    folder = LIBRARY / "autograd" / "paper-1"
    due = ctx.clock() - timedelta(hours=1)
    publish.publish(
        ctx, classroom.course_id, folder, Policy(due_at=due, late=Late(per_day=0.25, maximum=0.5))
    )
    hand_in(classroom.student_id)
    answers = {"q1": RawAnswer(kind="tensor", text=RIGHT)}
    wanted = Intake(classroom.other_student_id, classroom.assignment_id, answers)
    work = grading.claim(ctx, intake.submit(ctx, wanted).grading_id)
    assert work is not None
    grading.fail(ctx, work.grading_id, "the judge broke")  # ours, so it costs no attempt
    answer = staff.get(f"/teaching/assignments/{classroom.assignment_id}/scores.csv")
    rows = {row["username"]: row for row in csv.DictReader(io.StringIO(answer.text[1:]))}
    ada = rows["ada"]
    assert [ada[f"question {name}"] for name in ("q1", "q2a", "q2b")] == ["4.0", "0.0", ""]
    assert (ada["score"], ada["late_penalty"], ada["attempts"]) == ("3.0", "0.25", "1")
    assert ada["handed_in_utc"] == f"{ctx.clock():%Y-%m-%d %H:%M:%S}"
    assert (rows["bob"]["attempts"], rows["bob"]["provisional"]) == ("0", "yes")


def test_provisional_scores_are_not_in_the_statistics(staff, classroom, hand_in) -> None:
    hand_in(classroom.student_id)
    text = staff.text(f"/teaching/assignments/{classroom.assignment_id}")
    assert "Nobody has a final score yet." in text
    assert "As a table" not in text, "there is nothing to show in it"
    assert "mean of 0 final scores" in text
    listed = staff.text(f"/teaching/courses/{classroom.course_id}/submissions")
    for page in (text, listed):
        assert re.search(r"/ 9 <span [^>]+>so far</span>", page), "as the student reads it"
    assert "1 still open" in text


@pytest.fixture
def review_of():
    """The address of a question's review form."""
    form = "/teaching/submissions/{}/questions/{}"
    return lambda submission, question="q2b": form.format(submission, question)


def test_from_the_queue_a_grader_goes_from_answer_to_answer(
    staff, classroom, hand_in, review_of
) -> None:
    people = (classroom.student_id, classroom.other_student_id, classroom.student_id)
    first, second, third = (hand_in(person) for person in people)
    queue = staff.text(f"/teaching/courses/{classroom.course_id}/review")
    assert f'href="/teaching/submissions/{first}/review"' in queue
    assert staff.get(f"/teaching/submissions/{first}/review").location == review_of(first)
    skip = f'href="/teaching/submissions/{third}/review"'
    assert skip in staff.text(review_of(second))
    decided = staff.post(review_of(second), {"item": "saturation"})
    assert decided.location == f"/teaching/submissions/{third}/review"
    assert "has 5 / 9." in staff.text(review_of(third))
    # After the newest the oldest that was passed over comes up again.
    assert staff.post(review_of(third)).location == f"/teaching/submissions/{first}/review"
    assert "Skip to the next" not in staff.text(review_of(first))
    assert staff.post(review_of(first)).location == f"/teaching/submissions/{first}"
    assert staff.get(f"/teaching/submissions/{first}/review").location.endswith(first)


def test_what_is_graded_already_does_not_wait_for_a_person(
    staff, hand_in, classroom, review_of
) -> None:
    submission = hand_in(classroom.student_id)
    waits, graded = staff.text(f"/teaching/submissions/{submission}").split("Change what is graded")
    assert review_of(submission) in waits
    assert review_of(submission, "q2a") not in waits
    assert review_of(submission, "q2a") in graded
    staff.post(review_of(submission), {"item": "saturation"})
    page = staff.text(f"/teaching/submissions/{submission}")
    assert "Nothing waits for a person" in page
    assert page.index("The student reads this:") < page.index("What was handed in")


def test_a_comment_sent_after_the_session_ended_is_given_back(staff, classroom, hand_in) -> None:
    form = f"/teaching/submissions/{hand_in(classroom.student_id)}/questions/q2b"
    answer = staff.client.post(form, data={"comment": "An hour of <b>work</b>."})
    assert answer.status_code == 400
    assert "An hour of &lt;b&gt;work" in answer.text
    assert f'href="{form}"' in answer.text


@pytest.fixture
def given_up(ctx, classroom, hand_in):
    """A submission, and the delivery of its news that nobody took."""
    endpoints.add(ctx, None, classroom.course_id, "http://127.0.0.1:9/hooks")
    submission = hand_in(classroom.student_id)
    (delivery,) = outbox.dispatch(ctx)
    with ctx.store.begin() as session:
        session.get_one(DeliveryRow, delivery).state = "failed"
    return submission, delivery


def test_news_that_nobody_took_are_sent_again_by_a_click(ctx, enter, classroom, given_up) -> None:
    submission, delivery = given_up
    page = f"/teaching/courses/{classroom.course_id}/webhooks"
    teacher = enter(classroom.instructor_id)
    text = teacher.text(page)
    assert f'href="/teaching/submissions/{submission}"' in text
    assert "ada, revision 1" in text
    assert teacher.post(f"{page}/{delivery}", form=page).status_code == 303
    text = teacher.text(page)
    assert "Waiting" in text
    assert "Send again" not in text
    twice = teacher.post(f"{page}/{delivery}", form="/")  # a second click, or a second tab
    assert (twice.status_code, twice.location) == (303, page)
    assert "not given up" in teacher.text(page)


def test_a_grader_sees_but_does_not_send_and_no_other_course_does(
    ctx, enter, classroom, given_up
) -> None:
    _, delivery = given_up
    page = f"/teaching/courses/{classroom.course_id}/webhooks"
    grader = enter(classroom.grader_id)
    assert "Send again" not in grader.text(page)
    assert grader.post(f"{page}/{delivery}", form="/").status_code == 403
    other = courses.create(ctx, "other", "Another")
    people.enrol(ctx, other, classroom.instructor_id, "instructor")
    path = f"/teaching/courses/{other}/webhooks/{delivery}"
    assert enter(classroom.instructor_id).post(path, form="/").status_code == 404
    assert enter(classroom.student_id).post(f"{page}/{delivery}", form="/").status_code == 404


def test_the_audit_log_names_whom_and_what_and_how(ctx, staff, classroom, hand_in) -> None:
    submission = hand_in(classroom.student_id)
    items, comment = ["saturation"], "<b>Good</b>"
    review_service.mark(ctx, classroom.grader_id, submission, "q2b", items, comment)
    ids = (classroom.assignment_id, classroom.student_id)
    extensions.grant(ctx, classroom.instructor_id, *ids, extra_attempts=2, reason="ill")
    text = staff.text(f"/teaching/courses/{classroom.course_id}/audit")
    rows = [unescape(re.sub(r"<[^>]+>", " ", row)) for row in text.split("<tr>")[2:]]
    marked = next(" ".join(row.split()) for row in rows if "Grade marked" in row)
    assert "marker Grade marked ada, attempt 1 question: q2b; items: saturation;" in marked
    assert "comment: <b>Good</b>; revision: 2" in marked
    granted = next(" ".join(row.split()) for row in rows if "Extension granted" in row)
    assert "teacher Extension granted Paper 1" in granted
    assert "for: ada; extra attempts: 2; reason: ill" in granted
    assert f'href="/teaching/submissions/{submission}"' in text
    assert f'href="/teaching/assignments/{classroom.assignment_id}"' in text
    assert "<b>Good" not in text
    assert classroom.student_id not in text


def test_the_audit_log_says_dates_as_people_do(ctx, staff, classroom) -> None:
    ids = (classroom.assignment_id, classroom.student_id)
    due = ctx.clock().replace(month=12, day=1, hour=9, minute=5)
    reason = "2026-99-99T99:99:99Z"
    extensions.grant(ctx, classroom.instructor_id, *ids, due_at=due, reason=reason)
    endpoints.add(ctx, None, classroom.course_id, "http://127.0.0.1:9/hooks")
    text = staff.text(f"/teaching/courses/{classroom.course_id}/audit")
    assert "due at: 2026-12-01 09:05 UTC" in text
    assert reason in text
    assert text.count("http://127.0.0.1:9/hooks") == 1
