"""Staff: the class at a glance, a decision on a question, and what came from the LMS."""

import pytest
from playwright.sync_api import expect
from xgrad_pages import course as courses
from xgrad_pages import grades
from xgrad_pages.browser import Tab
from xgrad_pages.course import Course


@pytest.fixture
def teacher(tab: Tab, course: Course) -> Tab:
    tab.sign_in("noether", courses.PASSWORD)
    return tab


@pytest.fixture
def waiting(course: Course) -> str:
    """A submission of Sonja's that waits for a person."""
    receipt = courses.hand_in(
        course, "sonja", grades.RIGHT, q2a=courses.DERIVATION, q2b=courses.EXPLANATION
    )
    courses.record(course, "sonja", receipt.grading_id)
    return receipt.submission_id


def test_a_decision_makes_the_grade_final(teacher: Tab, course: Course, waiting: str) -> None:
    page = teacher.page
    teacher.go(f"/teaching/courses/{course.course_id}/review")
    page.get_by_role("link", name="Sonja").first.click()
    # At once where something waits; the formula was settled by the machine.
    expect(page.get_by_role("heading", level=1)).to_have_text("Why gradients vanish")
    page.get_by_label("For inputs far from zero").check()
    page.get_by_label("Comment").fill("Every step is there.")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("Sonja Kowalewski has 7 / 9.")).to_be_visible()
    teacher.go(f"/teaching/submissions/{waiting}")
    expect(page.get_by_text("Every step is there.").first).to_be_visible()
    page.get_by_text("Change what is graded already").click()
    page.get_by_role("link", name="The weight update").click()
    expect(page.get_by_label("The slope of the sigmoid")).to_be_visible()


def test_the_histogram_is_drawn_and_has_a_table(teacher: Tab, course: Course, waiting: str) -> None:
    courses.decide(course, waiting)
    teacher.go(f"/teaching/assignments/{course.assignment_id}")
    expect(teacher.page.locator(".plot[data-drawn] svg")).to_be_visible()
    bar = teacher.page.locator('.plot [aria-roledescription="bar"]').first.bounding_box()
    assert bar is not None
    assert bar["width"] > 10
    teacher.page.get_by_text("As a table").click()
    expect(teacher.page.get_by_role("columnheader", name="Students").first).to_be_visible()


def test_the_class_is_counted_by_diagnosis(teacher: Tab, course: Course) -> None:
    receipt = courses.hand_in(course, "li", grades.PAPER)
    courses.record(course, "li", receipt.grading_id)
    teacher.go(f"/teaching/assignments/{course.assignment_id}")
    expect(teacher.page.get_by_text("the path through it was dropped").first).to_be_visible()


def test_students_are_filtered_and_sorted(teacher: Tab, course: Course) -> None:
    teacher.go(f"/teaching/assignments/{course.assignment_id}")
    teacher.page.get_by_label("Name or username").fill("lovel")
    teacher.page.get_by_role("button", name="Filter").click()
    rows = teacher.page.locator("table.cards-on-phone tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("Ada Lovelace")


def test_a_regrade_is_one_click(teacher: Tab, course: Course, waiting: str) -> None:
    teacher.go(f"/teaching/submissions/{waiting}")
    teacher.page.get_by_role("button", name="Grade again").click()
    expect(teacher.page.get_by_text("in the queue to be graded again")).to_be_visible()
