"""A student's way through the pages: sign in, answer, be told what is unreadable, see the grade."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from xgrad_pages import browser as browsers
from xgrad_pages import course as courses
from xgrad_pages import grades
from xgrad_pages.browser import Tab
from xgrad_pages.course import Course
from xgrad_pages.site import Site

from grader.store.queries import submissions


@pytest.fixture
def student(tab: Tab, course: Course) -> Tab:
    tab.sign_in("ada", courses.PASSWORD)
    return tab


def test_sign_in_leads_to_the_assignments(student: Tab) -> None:
    expect(student.page.get_by_role("heading", level=1)).to_have_text("Your assignments")
    expect(student.page.get_by_role("link", name="Paper 1")).to_be_visible()


def test_a_wrong_password_is_said_beside_the_form(tab: Tab, course: Course) -> None:
    tab.sign_in("ada", "wrong")
    expect(tab.page.get_by_role("alert")).to_be_visible()
    expect(tab.page.get_by_label("Username")).to_have_value("ada")
    tab.complaints.clear()  # the browser itself notes the status 401


def test_a_page_that_needs_sign_in_leads_back_to_itself(tab: Tab, course: Course) -> None:
    tab.go(f"/assignments/{course.assignment_id}")
    tab.page.get_by_label("Username").fill("ada")
    tab.page.get_by_label("Password").fill(courses.PASSWORD)
    tab.page.get_by_role("button", name="Sign in").click()
    expect(tab.page).to_have_url(f"{tab.base}/assignments/{course.assignment_id}")


def test_mathematics_is_set(student: Tab, course: Course) -> None:
    student.go(f"/assignments/{course.assignment_id}")
    expect(student.page.locator(".katex").first).to_be_visible()
    assert student.page.locator(".math:not([data-set])").count() == 0


def test_what_cannot_be_read_is_said_at_the_question_and_kept(student: Tab, course: Course) -> None:
    student.go(f"/assignments/{course.assignment_id}")
    numbers = student.page.get_by_label("Your 4 numbers")
    numbers.fill("[0.1, oops, 3, 4]")
    hand_in_with_gaps(student.page)
    question = student.page.locator("#question-q1")
    expect(question.get_by_role("alert")).to_contain_text("oops")
    expect(student.page.get_by_label("Your 4 numbers")).to_have_value("[0.1, oops, 3, 4]")
    expect(student.page.get_by_text("No attempt was used")).to_be_visible()
    student.complaints.clear()  # the browser itself notes the status 422


ESSAY = "Each factor is at most 1/4, so little is left of them."


def test_an_ended_session_loses_nothing_that_was_typed(student: Tab, course: Course) -> None:
    page = student.page
    student.go(f"/assignments/{course.assignment_id}")
    page.get_by_label("Your answer").fill(ESSAY)
    page.get_by_label("Your 4 numbers").fill(grades.PAPER)
    page.context.clear_cookies()
    hand_in_with_gaps(page)
    expect(page.get_by_label("Question q2b")).to_have_value(ESSAY)
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(courses.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Your answer")).to_have_value(ESSAY)
    expect(page.get_by_label("Your 4 numbers")).to_have_value(grades.PAPER)
    expect(page.get_by_text("is filled in again")).to_be_visible()
    hand_in_with_gaps(page)
    page.wait_for_url("**/submissions/*")
    # What was handed in is no draft any more, and where the next attempt begins.
    student.go(f"/assignments/{course.assignment_id}")
    expect(page.get_by_label("Your answer")).to_have_value(ESSAY)
    expect(page.get_by_text("is filled in again")).to_be_hidden()
    page.get_by_role("link", name="Start with an empty form").click()
    expect(page.get_by_label("Your answer")).to_have_value("")
    student.complaints.clear()  # the browser itself notes the status 400


def test_a_draft_outlives_its_tab_but_not_a_sign_out(student: Tab, course: Course) -> None:
    page = student.page
    student.go(f"/assignments/{course.assignment_id}")
    page.get_by_label("Upload a script").check()
    page.get_by_text("Or paste the code").click()
    page.locator("#code-q1").fill("x = 1")
    student.go("/")
    student.go(f"/assignments/{course.assignment_id}")
    expect(page.locator("#code-q1")).to_have_value("x = 1")
    expect(page.locator("#code-q1")).to_be_visible()
    page.get_by_role("button", name="Start afresh").click()
    expect(page.locator("#code-q1")).to_have_value("")
    page.get_by_label("Your answer").fill(ESSAY)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    assert page.evaluate("() => localStorage.length") == 0


def test_a_refused_file_is_kept_as_pasted_code(student: Tab, course: Course) -> None:
    student.go(f"/assignments/{course.assignment_id}")
    student.page.get_by_label("Upload a script").check()
    payload = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"x = 1\n"}
    student.page.get_by_label("Python file").set_input_files(payload)  # type: ignore[arg-type]
    hand_in_with_gaps(student.page)
    expect(student.page.locator("#question-q1").get_by_role("alert")).to_contain_text("notes.txt")
    expect(student.page.locator("#code-q1")).to_have_value("x = 1\n")
    student.complaints.clear()


def test_a_file_too_large_is_said_before_it_is_sent(student: Tab, course: Course) -> None:
    student.go(f"/assignments/{course.assignment_id}")
    student.page.get_by_label("Upload a script").check()
    large = {"name": "a.py", "mimeType": "text/x-python", "buffer": b"#" * (300 * 1024)}
    student.page.get_by_label("Python file").set_input_files(large)  # type: ignore[arg-type]
    student.page.get_by_role("button", name="Hand in").click()
    expect(student.page).to_have_url(f"{student.base}/assignments/{course.assignment_id}")
    message = student.page.locator("#file-q1-code").evaluate("input => input.validationMessage")
    assert "a.py has 300 kB; the limit is 256 kB" in message


def test_fifty_megabytes_without_scripts_meet_a_clear_page(
    browser: Browser, course: Course, site: Site, tmp_path: Path
) -> None:
    large = tmp_path / "answer.py"
    large.write_bytes(b"#" * (50 * 1024 * 1024))
    with browsers.tab(browser, site.url, scripts=False) as tab:
        tab.sign_in("ada", courses.PASSWORD)
        tab.go(f"/assignments/{course.assignment_id}")
        tab.page.get_by_label("Upload a script").check()
        tab.page.get_by_label("Python file").set_input_files(large)
        tab.page.get_by_role("button", name="Hand in").click()
        expect(tab.page.get_by_role("heading", level=1)).to_contain_text("limit of 10 MB")


@pytest.fixture
def waiting(student: Tab, course: Course) -> str:
    """Ada's page of a submission that nobody has graded yet; gives its id."""
    receipt = courses.hand_in(course, "ada", grades.PAPER)
    return receipt.submission_id


def test_live_events_alone_bring_the_result(student: Tab, course: Course, waiting: str) -> None:
    student.page.route(f"**/api/v1/submissions/{waiting}", lambda route: route.abort())
    student.go(f"/submissions/{waiting}")
    expect(student.page.locator("[data-status]")).to_contain_text("in the queue")
    finish(course, waiting)
    expect(student.page.get_by_text("Which path was dropped")).to_be_visible()
    expect(student.page.locator("[data-progress]")).to_have_count(0)
    student.complaints.clear()  # of the questions that this test kept from being asked


def test_asking_alone_brings_the_result_too(student: Tab, course: Course, waiting: str) -> None:
    student.page.route("**/events", lambda route: route.abort())
    student.go(f"/submissions/{waiting}")
    finish(course, waiting)
    expect(student.page.get_by_text("Which path was dropped")).to_be_visible()
    student.complaints.clear()  # of the stream that this test kept from opening


def test_a_page_left_in_the_history_does_not_wait_for_ever(
    student: Tab, course: Course, waiting: str
) -> None:
    student.go(f"/submissions/{waiting}")
    student.page.get_by_role("link", name="Assignments").first.click()
    finish(course, waiting)
    student.page.go_back()
    expect(student.page.get_by_text("Which path was dropped")).to_be_visible()


def test_handing_in_leads_to_the_live_page(student: Tab, course: Course) -> None:
    student.go(f"/assignments/{course.assignment_id}")
    student.page.get_by_label("Your 4 numbers").fill(grades.PAPER)
    student.page.get_by_label("Your formula").fill("x")
    student.page.get_by_label("Your answer").fill(ESSAY)
    student.page.get_by_role("button", name="Hand in").click()
    student.page.wait_for_url("**/submissions/*")
    expect(student.page.locator("[data-progress]")).to_be_visible()


def test_gaps_are_named_before_an_attempt_is_used(student: Tab, course: Course) -> None:
    page = student.page
    student.go(f"/assignments/{course.assignment_id}?from=empty")
    page.get_by_label("Your 4 numbers").fill(grades.PAPER)
    page.get_by_role("button", name="Hand in").click()
    warning = page.locator("[data-gaps]")
    expect(warning).to_contain_text("The weight update of a sigmoid unit, Why gradients vanish")
    page.get_by_label("Your formula").fill("x")
    # Another gap is another warning; the same one again is meant.
    page.get_by_role("button", name="Hand in anyway").click()
    expect(warning).to_contain_text("Not answered yet: Why gradients vanish")
    page.get_by_role("button", name="Hand in anyway").click()
    page.wait_for_url("**/submissions/*")


def test_feedback_says_who_judged_and_from_what(student: Tab, course: Course) -> None:
    receipt = courses.hand_in(course, "ada", grades.PAPER, q2b=courses.EXPLANATION)
    courses.record(course, "ada", receipt.grading_id)
    student.go(f"/submissions/{receipt.submission_id}")
    page = student.page
    expect(page.get_by_text("Judged from your values")).to_be_visible()
    expect(page.get_by_text("A person grades this").first).to_be_visible()
    expect(page.get_by_text("3 of the 9 points are still open")).to_be_visible()
    expect(page.get_by_text("Not right").first).to_be_visible()


def hand_in_with_gaps(page: Page) -> None:
    """Twice: the first time the page names what was not answered."""
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("button", name="Hand in anyway").click()


def finish(course: Course, submission_id: str) -> None:
    """Record the grade, as the worker would."""
    with course.ctx.store.read() as session:
        grading_id = submissions.view(session, submission_id).gradings[0].id
    courses.record(course, "ada", grading_id)


def test_a_phone_shows_what_goes_on_beyond_its_edge(
    browser: Browser, course: Course, site: Site
) -> None:
    with browsers.tab(browser, site.url, "phone") as tab:
        tab.sign_in("ada", courses.PASSWORD)
        tab.go(f"/assignments/{course.assignment_id}")
        code = tab.page.locator("pre").first
        assert code.evaluate("one => one.scrollWidth > one.clientWidth")
        # The shadows stay at the edges; their covers go along with the code.
        attached = "one => getComputedStyle(one).backgroundAttachment"
        assert code.evaluate(attached).startswith("local, local, scroll, scroll")
        tab.page.get_by_role("link", name="Dates").click()
        expect(tab.page.get_by_text("Which counts")).to_be_in_viewport()
