"""Fixtures of the browser tests: one site and one browser for all, a fresh tab for each."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))  # the tests' own helpers, beside this file

from xgrad_pages import browser as browsers
from xgrad_pages import course as courses
from xgrad_pages.site import Site, serve

expect.set_options(
    timeout=30_000
)  # as patient as a click is: five seconds are few on a busy machine


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = browsers.launch(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="session")
def course(site: Site) -> courses.Course:
    return courses.build(site.ctx)


@pytest.fixture
def tab(browser: Browser, site: Site) -> Iterator[browsers.Tab]:
    """A desktop tab that must not have complained of anything by the end of the test."""
    with browsers.tab(browser, site.url) as opened:
        yield opened
        assert opened.complaints == []
