"""Pictures of every page in every look, for people to look at.

Run: python tests/browser/take_screenshots.py FOLDER [NAME …]
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from xgrad_pages import browser as browsers
from xgrad_pages import classroom
from xgrad_pages import course as courses
from xgrad_pages.pages import LOOKS, PAGES, Shown, Stage, stage
from xgrad_pages.site import serve


def main(folder: Path, names: list[str]) -> None:
    """One picture a page and look, named `page-size-scheme.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        with serve(Path(home)) as site:
            built = stage(site.ctx)
            classroom.fill(built.course)
            for look in LOOKS:
                for shown in PAGES:
                    if not names or shown.name in names:
                        with browsers.tab(browser, site.url, *look) as tab:
                            take(tab, built, shown, folder / f"{shown.name}-{'-'.join(look)}.png")
            log = (Path(home) / "web.log").read_text()
            print("\n".join(line for line in log.splitlines() if "error" in line.lower())[:4000])
        browser.close()


def take(tab: browsers.Tab, built: Stage, shown: Shown, path: Path) -> None:
    """The whole page, however long."""
    if shown.who:
        tab.sign_in(shown.who + built.suffix, courses.PASSWORD)
    tab.go(shown.path(built))
    tab.page.wait_for_load_state("networkidle" if shown.settles else "load")
    tab.page.screenshot(path=str(path), full_page=True)
    notes = [one for one in tab.complaints if "404" not in one and "REFUSED" not in one]
    print(path.name, f"overflow={tab.overflow()}", *notes)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
