"""What a student sees of a submission, what others do not, and that nothing in it runs."""

import pytest

from grader.domain.policy import Policy
from grader.services import courses, grading, intake, people, publish, review
from grader.services.intake import Intake
from rubrics.answers import RawAnswer
from rubrics.grade import CheckGrade, Diagnosis, Grade, QuestionGrade, SandboxUse
from rubrics.loader import LIBRARY
from rubrics.outcome import Outcome

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>`</code><b>`\u202e"


@pytest.fixture
def handed_in(ctx, classroom):
    """Ada's submission: hostile text in everything a student can name or write."""
    answers = {
        "q1": RawAnswer(kind="code", files={"<b>x</b>.py": f"# {HOSTILE}\n".encode()}),
        "q2b": RawAnswer(kind="text", text=HOSTILE),
    }
    return intake.submit(ctx, Intake(classroom.student_id, classroom.assignment_id, answers))


def record(ctx, receipt, ending: Outcome = Outcome.WRONG) -> None:
    """A grade whose every text is hostile."""
    work = grading.claim(ctx, receipt.grading_id)
    assert work is not None
    check = CheckGrade(
        id="gradient",
        title=HOSTILE,
        outcome=ending,
        evidence="values",
        score=0.0,
        max_score=4.0,
        feedback="x" + HOSTILE,
        diagnoses=(Diagnosis(kind="dropped_path", where=HOSTILE, text=HOSTILE),),
    )
    first = QuestionGrade(
        id="q1", score=0.0, max_score=4.0, outcome=Outcome.WRONG, feedback=HOSTILE, checks=(check,)
    )
    rest = (
        QuestionGrade(id="q2a", score=0.0, max_score=2.0, outcome=Outcome.WRONG),
        QuestionGrade(id="q2b", score=None, max_score=3.0, outcome=Outcome.NEEDS_REVIEW),
    )
    grade = Grade(
        assignment="autograd/paper-1",
        student="ada",
        attempt=1,
        score=0.0,
        max_score=9.0,
        provisional=True,
        outcome=Outcome.NEEDS_REVIEW,
        questions=(first, *rest),
        sandbox=SandboxUse(layers=("seccomp", HOSTILE), wall_ms=11.0, cpu_ms=9.0, peak_mb=6.0),
        versions={"torch": HOSTILE},
    )
    assert grading.record(ctx, receipt.grading_id, grade, {"run": 11.0, "judge": 4.0})


def malformed(ctx, receipt) -> None:
    """A grade of a script that Python cannot read, beside an essay that waits."""
    work = grading.claim(ctx, receipt.grading_id)
    assert work is not None
    waits = Outcome.NEEDS_REVIEW
    essay = CheckGrade(
        id="explanation", title="", outcome=waits, evidence="person", score=None, max_score=3.0
    )
    questions = (
        QuestionGrade(id="q1", score=0.0, max_score=4.0, outcome=Outcome.MALFORMED),
        QuestionGrade(id="q2a", score=0.0, max_score=2.0, outcome=Outcome.WRONG),
        QuestionGrade(id="q2b", score=None, max_score=3.0, outcome=waits, checks=(essay,)),
    )
    grade = Grade(
        assignment="autograd/paper-1",
        student="ada",
        attempt=1,
        score=0.0,
        max_score=9.0,
        provisional=True,
        outcome=Outcome.NEEDS_REVIEW,
        questions=questions,
    )
    assert grading.record(ctx, receipt.grading_id, grade, {})


def test_an_unreadable_script_beside_an_essay_is_free_until_that_is_judged(
    ctx, enter, classroom, handed_in
) -> None:
    folder = LIBRARY / "autograd" / "paper-1"
    publish.publish(ctx, classroom.course_id, folder, Policy(max_attempts=1))
    malformed(ctx, handed_in)
    page = f"/submissions/{handed_in.submission_id}"
    student = enter(classroom.student_id)
    text = student.text(page)
    assert "It costs no attempt until a person has judged the rest." in text
    assert "Try again" in text
    review.mark(ctx, classroom.grader_id, handed_in.submission_id, "q2b", ["saturation"], "")
    text = student.text(page)
    assert "costs no attempt" not in text
    assert "All 1 attempts are used" in text


def test_the_attempts_say_what_is_open_and_what_was_free(ctx, enter, classroom, handed_in) -> None:
    malformed(ctx, handed_in)
    student = enter(classroom.student_id)
    listed = student.text(f"/submissions/{handed_in.submission_id}").split('id="history"')[1]
    assert "costs no attempt" in listed
    assert "so far" in listed
    review.mark(ctx, classroom.grader_id, handed_in.submission_id, "q2b", ["saturation"], "")
    listed = student.text(f"/submissions/{handed_in.submission_id}").split('id="history"')[1]
    assert "costs no attempt" not in listed
    assert "so far" not in listed


def test_the_list_shows_the_state_of_the_attempt_that_counts(
    ctx, enter, classroom, handed_in
) -> None:
    record(ctx, handed_in)
    answers = {"q1": RawAnswer(kind="tensor", text="[1, 2, 3, 4]")}
    intake.submit(ctx, Intake(classroom.student_id, classroom.assignment_id, answers))
    text = enter(classroom.student_id).text("/")
    assert "so far" in text
    assert "Waits for a person" in text
    assert "Attempt 2: in the queue" in text


def test_what_was_left_out_is_not_called_wrong(ctx, enter, classroom, handed_in) -> None:
    record(ctx, handed_in)
    path = f"/submissions/{handed_in.submission_id}"
    for reader, page in (("student_id", path), ("instructor_id", f"/teaching{path}")):
        asked = enter(getattr(classroom, reader)).text(page).split('id="q-')
        assert "Not right" in asked[1]
        assert ("Not answered" in asked[2], "Not right" in asked[2]) == (True, False)
        assert "Not answered" not in asked[3]


@pytest.mark.parametrize(
    ("ending", "said"),
    [(Outcome.WRONG, True), (Outcome.TIMED_OUT, False), (Outcome.SKIPPED, False)],
)
def test_only_a_judgement_says_what_it_was_made_from(
    ctx, enter, classroom, handed_in, ending, said
) -> None:
    record(ctx, handed_in, ending)
    text = enter(classroom.student_id).text(f"/submissions/{handed_in.submission_id}")
    assert ("Judged from your values" in text) == said


def test_a_failure_of_ours_says_that_it_costs_no_attempt(ctx, enter, classroom, handed_in) -> None:
    work = grading.claim(ctx, handed_in.grading_id)
    assert work is not None
    grading.fail(ctx, handed_in.grading_id, "the judge broke")
    text = enter(classroom.student_id).text(f"/submissions/{handed_in.submission_id}")
    assert "It costs no attempt" in text
    assert "the judge broke" not in text


def harmless(text: str) -> bool:
    return "<script>alert" not in text and "<img src=x" not in text and "<b>`" not in text


def test_while_it_waits_the_page_says_for_what(enter, classroom, handed_in) -> None:
    text = enter(classroom.student_id).text(f"/submissions/{handed_in.submission_id}")
    assert "Your answers are safe" in text
    assert 'data-events="/api/v1/submissions/' in text
    assert "progress.js" in text


def test_once_the_grade_is_stored_nothing_spins(ctx, enter, classroom, handed_in) -> None:
    record(ctx, handed_in)
    text = enter(classroom.student_id).text(f"/submissions/{handed_in.submission_id}")
    assert "data-progress" not in text
    assert "progress.js" not in text
    assert "http-equiv" not in text


def test_feedback_names_the_path_first(ctx, enter, classroom, handed_in) -> None:
    record(ctx, handed_in)
    text = enter(classroom.student_id).text(f"/submissions/{handed_in.submission_id}")
    assert "Which path was dropped" in text
    assert "Judged from your values" in text
    assert "Not right" in text
    assert "3 of the 9 points are still open" in text
    assert "It ran alone in a sandbox" in text


@pytest.mark.parametrize("reader", ["student_id", "instructor_id"])
def test_nothing_a_student_wrote_or_named_runs(ctx, enter, classroom, handed_in, reader) -> None:
    record(ctx, handed_in)
    paths = {
        "student_id": [f"/submissions/{handed_in.submission_id}", "/"],
        "instructor_id": [
            f"/teaching/submissions/{handed_in.submission_id}",
            f"/teaching/submissions/{handed_in.submission_id}/questions/q2b",
            f"/teaching/assignments/{classroom.assignment_id}",
            f"/teaching/courses/{classroom.course_id}/submissions",
        ],
    }
    for path in paths[reader]:
        assert harmless(enter(getattr(classroom, reader)).text(path)), path


def test_a_hostile_name_is_shown_and_does_not_run(ctx, enter, classroom) -> None:
    mallory = people.create(ctx, "mallory", "<script>alert(1)</script>")
    people.enrol(ctx, classroom.course_id, mallory, "student")
    assert "&lt;script&gt;" in enter(mallory).text("/")
    assert harmless(enter(mallory).text("/"))
    staff = enter(classroom.instructor_id)
    assert harmless(staff.text(f"/teaching/assignments/{classroom.assignment_id}"))


@pytest.mark.parametrize("reader", ["other_student_id", "outsider_id"])
@pytest.mark.parametrize(
    "path",
    [
        "/submissions/{}",
        "/submissions/{}/files/q1/answer.py",
        "/teaching/submissions/{}",
        "/teaching/submissions/{}/questions/q2b",
        "/api/v1/submissions/{}",
        "/api/v1/submissions/{}/events",
    ],
)
def test_another_student_finds_nothing(ctx, enter, classroom, handed_in, reader, path) -> None:
    record(ctx, handed_in)
    answer = enter(getattr(classroom, reader)).get(path.format(handed_in.submission_id))
    assert answer.status_code == 404


def test_staff_are_led_to_their_own_view(enter, classroom, handed_in) -> None:
    answer = enter(classroom.grader_id).get(f"/submissions/{handed_in.submission_id}")
    assert answer.location == f"/teaching/submissions/{handed_in.submission_id}"


def test_a_file_comes_back_as_bytes_to_keep(ctx, enter, classroom) -> None:
    answers = {"q1": RawAnswer(kind="code", files={"page.py": b"<script>alert(1)</script>"})}
    receipt = intake.submit(ctx, Intake(classroom.student_id, classroom.assignment_id, answers))
    student = enter(classroom.student_id)
    answer = student.get(f"/submissions/{receipt.submission_id}/files/q1/answer.py")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    for name in ("other.py", "../answer.py", "%2e%2e/answer.py", "a/../answer.py"):
        path = f"/submissions/{receipt.submission_id}/files/q1/{name}"
        assert student.get(path).status_code in (404, 308), name


def test_two_courses_of_one_title_stay_two(ctx, enter, classroom) -> None:
    again = courses.create(ctx, "dl-2027", "Deep learning")
    people.enrol(ctx, again, classroom.student_id, "student")
    publish.publish(ctx, again, LIBRARY / "autograd" / "paper-1")
    text = enter(classroom.student_id).text("/")
    assert text.count("Deep learning</h2>") == 2
