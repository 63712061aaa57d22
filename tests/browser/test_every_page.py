"""Every page, on a phone and a desktop, light and dark: no complaint, no overflow, accessible."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, StorageState
from xgrad_pages import browser as browsers
from xgrad_pages import course as courses
from xgrad_pages.pages import LOOKS, PAGES, Shown, Stage
from xgrad_pages.pages import stage as build_stage
from xgrad_pages.site import Site


@pytest.fixture(scope="module")
def stage(site: Site) -> Stage:
    return build_stage(site.ctx)


Open = Callable[[str, tuple[str, browsers.Scheme]], AbstractContextManager[browsers.Tab]]


@pytest.fixture(scope="module")
def opened(browser: Browser, site: Site, stage: Stage) -> Open:
    """A tab of one of the people, in some look; nobody signs in twice."""
    cookies: dict[str, StorageState] = {"": {"cookies": [], "origins": []}}
    for who in sorted({one.who for one in PAGES} - {""}):
        with browsers.tab(browser, site.url) as tab:
            tab.sign_in(who + stage.suffix, courses.PASSWORD)
            cookies[who] = tab.page.context.storage_state()
    return lambda who, look: browsers.tab(browser, site.url, *look, cookies=cookies[who])


@pytest.mark.parametrize("look", LOOKS, ids=["-".join(look) for look in LOOKS])
@pytest.mark.parametrize("shown", PAGES, ids=[one.name for one in PAGES])
def test_a_page_one_would_show(
    stage: Stage, shown: Shown, look: tuple[str, browsers.Scheme], opened: Open
) -> None:
    with opened(shown.who, look) as tab:
        tab.go(shown.path(stage))
        if shown.name == "class":
            tab.page.wait_for_selector(".plot[data-drawn] svg")
        assert tab.overflow() == 0
        assert tab.serious() == []
        # The unknown page is a 404, which the browser itself notes.
        assert [one for one in tab.complaints if "404" not in one] == []


def test_the_api_page_shows_the_operations(browser: Browser, site: Site) -> None:
    with browsers.tab(browser, site.url) as tab:
        tab.go("/api/v1/docs")
        tab.page.wait_for_selector(".opblock")
        assert tab.page.locator(".opblock").count() >= 4
        assert tab.complaints == []
