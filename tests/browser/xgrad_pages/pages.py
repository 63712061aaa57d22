"""Every page there is, who looks at it, and the work that must be there for it to show."""

from collections.abc import Callable
from dataclasses import dataclass

from grader.bootstrap import Context
from rubrics.job import Run
from xgrad_pages import browser as browsers
from xgrad_pages import course as courses
from xgrad_pages import grades, mail
from xgrad_pages.course import Course

SCRIPT = """\
import torch

x = torch.tensor([0.1, 0, 0.2, 1.0], requires_grad=True)
a = x + torch.tensor([1.0, 1.4, 1.0, 2.0])
b = a ** (4 * x.detach())
y = ((b + 3) * 5).mean()
y.backward()
"""


@dataclass(frozen=True)
class Shown:
    """A page, by who looks at it and where it is."""

    name: str
    who: str
    path: Callable[["Stage"], str]
    settles: bool = True


@dataclass(frozen=True)
class Stage:
    """A course with a graded, a waiting and a decided submission."""

    course: Course
    graded: str
    queued: str
    decided: str
    suffix: str = "-2"


PAGES = (
    Shown("sign-in", "", lambda _: "/sign-in"),
    Shown("assignments", "li", lambda _: "/"),
    Shown("assignment", "li", lambda s: f"/assignments/{s.course.assignment_id}"),
    Shown("feedback", "li", lambda s: f"/submissions/{s.graded}"),
    Shown("waiting", "ada", lambda s: f"/submissions/{s.queued}", settles=False),
    Shown("unknown", "li", lambda _: "/submissions/nothing-here"),
    Shown("course", "noether", lambda s: f"/teaching/courses/{s.course.course_id}"),
    Shown("class", "noether", lambda s: f"/teaching/assignments/{s.course.assignment_id}"),
    Shown(
        "questions",
        "noether",
        lambda s: f"/teaching/assignments/{s.course.assignment_id}/questions",
    ),
    Shown(
        "submissions", "noether", lambda s: f"/teaching/courses/{s.course.course_id}/submissions"
    ),
    Shown("detail", "noether", lambda s: f"/teaching/submissions/{s.decided}"),
    Shown("review", "noether", lambda s: f"/teaching/courses/{s.course.course_id}/review"),
    Shown("decide", "noether", lambda s: f"/teaching/submissions/{s.graded}/questions/q2b"),
    Shown("webhooks", "noether", lambda s: f"/teaching/courses/{s.course.course_id}/webhooks"),
    Shown("lms", "noether", lambda s: f"/teaching/courses/{s.course.course_id}/lms"),
    Shown("audit", "noether", lambda s: f"/teaching/courses/{s.course.course_id}/audit"),
)
LOOKS: tuple[tuple[str, browsers.Scheme], ...] = (
    ("phone", "light"),
    ("phone", "dark"),
    ("desktop", "light"),
    ("desktop", "dark"),
)


def stage(ctx: Context, run: Run | None = None) -> Stage:
    """A course of its own. `run` is what the sandbox made of the script, if one was asked."""
    course = courses.build(ctx, "every-page", suffix="-2")
    graded = courses.hand_in_code(
        course, "li", SCRIPT, q2a=courses.DERIVATION, q2b=courses.EXPLANATION
    )
    courses.record(course, "li", graded.grading_id, run or grades.ran(grades.PAPER))
    decided = courses.hand_in(
        course, "sonja", grades.RIGHT, q2a=courses.DERIVATION, q2b=courses.EXPLANATION
    )
    courses.record(course, "sonja", decided.grading_id)
    courses.decide(course, decided.submission_id)
    queued = courses.hand_in(course, "ada", grades.RIGHT)
    mail.send_and_receive(course)
    return Stage(course, graded.submission_id, queued.submission_id, decided.submission_id)
