"""A course with people, work and grades, made through the services alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from grader.bootstrap import Context
from grader.domain.policy import Late, Policy
from grader.services import courses, grading, intake, people, publish, review
from grader.services.intake import Intake, Receipt
from rubrics.answers.raw import RawAnswer
from rubrics.job import Run
from xgrad_pages import grades

Role = Literal["student", "grader", "instructor"]
PASSWORD = "a long enough password"
LIBRARY = Path(__file__).resolve().parents[3] / "rubrics" / "library"
EXPLANATION = (
    "A sigmoid is flat for large positive or negative inputs, so its slope is close to zero "
    "there. Going back through the layers one such factor of at most 1/4 is multiplied in each "
    "time, and what reaches the first layers is so small that they hardly learn. Large weights "
    "or inputs that are not normalised make it worse."
)
DERIVATION = "Δw = η (t - o) o (1 - o) x"


PEOPLE = (("ada", "Ada Lovelace"), ("sonja", "Sonja Kowalewski"), ("li", "Li Shanlan"))


@dataclass
class Course:
    """Ids to find things by; students by the name they were built with."""

    ctx: Context
    course_id: str
    assignment_id: str
    instructor: str
    students: dict[str, str]


def build(ctx: Context, key: str = "dl-2026", suffix: str = "") -> Course:
    """A course with an instructor, three students, and the paper, open for ten days.

    Usernames get the suffix, so that several courses may stand side by side.
    """
    course_id = courses.create(ctx, key, "Deep Learning, winter 2026")
    staff = person(ctx, course_id, "noether" + suffix, "Emmy Noether", "instructor")
    students = {
        username: person(ctx, course_id, username + suffix, name, "student")
        for username, name in PEOPLE
    }
    now = ctx.clock()
    policy = Policy(
        opens_at=now - timedelta(days=7),
        due_at=now + timedelta(days=3),
        closes_at=now + timedelta(days=10),
        late=Late(per_day=0.1, maximum=0.5),
        max_attempts=20,
    )
    paper = publish.publish(ctx, course_id, LIBRARY / "autograd" / "paper-1", policy)
    return Course(ctx, course_id, paper, staff, students)


def person(ctx: Context, course_id: str, username: str, name: str, role: Role) -> str:
    """A person with a password, enrolled."""
    created = people.create(ctx, username, name, password=PASSWORD)
    people.enrol(ctx, course_id, created, role)
    return created


def hand_in(course: Course, username: str, first: str, **texts: str) -> Receipt:
    """The numbers of question 1 and, where given, the others' formula and text."""
    return _hand_in(course, username, RawAnswer(kind="tensor", text=first), texts)


def hand_in_code(course: Course, username: str, code: str, **texts: str) -> Receipt:
    """A script for question 1 and, where given, the others' formula and text."""
    script = RawAnswer(kind="code", files={"answer.py": code.encode()})
    return _hand_in(course, username, script, texts)


def _hand_in(course: Course, username: str, first: RawAnswer, texts: dict[str, str]) -> Receipt:
    given = {"q1": first}
    kinds = {"q2a": "expression", "q2b": "text"}
    given |= {name: RawAnswer(kind=kinds[name], text=text) for name, text in texts.items()}
    person = course.students[username]
    return intake.submit(course.ctx, Intake(person, course.assignment_id, given))


def record(course: Course, username: str, grading_id: str, run: Run | None = None) -> None:
    """The grade by the real judge, recorded as a worker records it."""
    work = grading.claim(course.ctx, grading_id)
    assert work is not None
    grade = grades.grade(username, work.attempt, work.answers, run)
    phases = {"load": 0.9, "run": run.use.wall_ms if run else 0.0, "judge": 4.2, "record": 2.4}
    assert grading.record(course.ctx, grading_id, grade, phases)


def decide(course: Course, submission_id: str, items: Sequence[str] = ("saturation",)) -> None:
    """An instructor's decision on both questions that wait for one."""
    marks = {"q2a": ("result", "chain"), "q2b": items}
    for question, ticked in marks.items():
        review.mark(course.ctx, course.instructor, submission_id, question, ticked, "Well put.")
