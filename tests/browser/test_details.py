"""What a newcomer stumbled over: files to be chosen again, squeezed titles, loose ends."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from xgrad_pages import browser as browsers
from xgrad_pages import course as courses
from xgrad_pages.browser import Tab
from xgrad_pages.course import Course
from xgrad_pages.site import Site

from grader.services import publish
from grader.store.queries import submissions

BOOK = {"nbformat": 4, "cells": [{"cell_type": "code", "source": "def train(X, y, classes): 1"}]}
NAME = "my book.ipynb"


@pytest.fixture(scope="module")
def training(course: Course) -> str:
    """An assignment that takes notebooks, in the course."""
    folder = courses.LIBRARY / "networks" / "training"
    return publish.publish(course.ctx, course.course_id, folder)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Tab]:
    with browsers.tab(browser, site.url, "phone") as opened:
        yield opened


def test_a_notebook_is_chosen_once_however_often_the_form_is_refused(
    tab: Tab, course: Course, training: str
) -> None:
    tab.sign_in("ada", courses.PASSWORD)
    tab.go(f"/assignments/{training}")
    first, second = tab.page.locator("input[type=file]").all()
    book = {"name": NAME, "mimeType": "text/plain", "buffer": json.dumps(BOOK).encode()}
    first.set_input_files(files=[book])
    second.set_input_files(files=[{"name": "x.py", "mimeType": "text/plain", "buffer": b"x = 1"}])
    tab.page.get_by_role("button", name="Hand in").click()
    expect(tab.page.get_by_role("alert").first).to_contain_text("Nothing was handed in")
    kept = tab.page.get_by_label(f"Use the file you sent: {NAME}")
    expect(kept).to_be_checked()
    assert tab.serious() == []
    tab.complaints.clear()  # the browser itself notes the status 422
    tab.page.get_by_role("button", name="Hand in").click()
    gaps = tab.page.get_by_text("Not answered yet")  # of the other question alone
    expect(gaps).not_to_contain_text("A classifier")
    tab.page.get_by_role("button", name="Hand in anyway").click()
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("Attempt 1")
    with course.ctx.store.read() as session:
        (answer,) = submissions.answers(session, tab.page.url.rpartition("/")[2])
    assert answer.data["filename"] == NAME


def test_on_a_phone_a_title_has_the_width_of_its_card(phone: Tab, course: Course) -> None:
    for who, page in (("ada", "/"), ("noether", f"/teaching/courses/{course.course_id}")):
        phone.page.context.clear_cookies()
        phone.sign_in(who, courses.PASSWORD)
        phone.go(page)
        title = phone.page.locator(".assignment-row h3").first.bounding_box()
        card = phone.page.locator(".assignment-row").first.bounding_box()
        assert title is not None
        assert card is not None
        assert title["width"] > 0.8 * card["width"]


def test_on_a_phone_the_open_tab_is_in_view(phone: Tab, course: Course) -> None:
    phone.sign_in("noether", courses.PASSWORD)
    for page in ("", "/review", "/audit"):
        phone.go(f"/teaching/courses/{course.course_id}{page}")
        tab = phone.page.locator('.tabs [aria-current="page"]').bounding_box()
        assert tab is not None
        assert tab["x"] >= 0
        assert tab["x"] + tab["width"] <= browsers.SIZES["phone"][0]


def test_what_is_aligned_to_the_right_ends_with_its_table(tab: Tab, course: Course) -> None:
    courses.hand_in(course, "li", "[1, 2, 3, 4]")
    tab.sign_in("noether", courses.PASSWORD)
    tab.go(f"/teaching/courses/{course.course_id}/submissions")
    script = "cells => cells.map(one => getComputedStyle(one).paddingRight)"
    padding = tab.page.locator("tr > :last-child").evaluate_all(script)
    assert set(padding) == {"0px"}
