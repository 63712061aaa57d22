"""Every page, on a phone and a desktop, light and dark: no complaint, no overflow, accessible."""

import pytest
from playwright.sync_api import Browser
from xgrad_pages import browser as browsers
from xgrad_pages import course as courses
from xgrad_pages.pages import LOOKS, PAGES, Shown, Stage
from xgrad_pages.pages import stage as build_stage
from xgrad_pages.site import Site


@pytest.fixture(scope="module")
def stage(site: Site) -> Stage:
    return build_stage(site.ctx)


@pytest.mark.parametrize("look", LOOKS, ids=["-".join(look) for look in LOOKS])
@pytest.mark.parametrize("shown", PAGES, ids=[one.name for one in PAGES])
def test_a_page_one_would_show(
    browser: Browser, site: Site, stage: Stage, shown: Shown, look: tuple[str, browsers.Scheme]
) -> None:
    with browsers.tab(browser, site.url, *look) as tab:
        if shown.who:
            tab.sign_in(shown.who + stage.suffix, courses.PASSWORD)
        tab.go(shown.path(stage))
        if shown.name == "class":
            tab.page.wait_for_selector(".plot[data-drawn] svg")
        assert tab.overflow() == 0
        assert tab.serious() == []
        # The unknown page is a 404, and nobody serves events here; no more may be complained of.
        expected = ("404", "CONNECTION_REFUSED")
        assert [c for c in tab.complaints if not any(one in c for one in expected)] == []


def test_the_api_page_shows_the_operations(browser: Browser, site: Site) -> None:
    with browsers.tab(browser, site.url) as tab:
        tab.go("/api/v1/docs")
        tab.page.wait_for_selector(".opblock")
        assert tab.page.locator(".opblock").count() >= 4
        assert tab.complaints == []
