"""Pictures of every page in every look, for people to look at; the script runs in the real sandbox.

Run: python tests/browser/take_screenshots.py FOLDER [NAME …]
Those of the README: python tests/browser/take_screenshots.py --readme
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from xgrad_pages import browser as browsers
from xgrad_pages import classroom
from xgrad_pages import course as courses
from xgrad_pages.pages import LOOKS, PAGES, SCRIPT, Shown, Stage, stage
from xgrad_pages.site import serve

from rubrics.job import Job, Run
from workers.sandbox import Sandbox, SandboxConfig

Looks = tuple[tuple[str, browsers.Scheme], ...]
ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "docs" / "images"
README_PAGES = ("feedback", "class")
README_HEIGHT = 1000


def main(folder: Path, names: list[str], looks: Looks, height: int | None) -> None:
    """One picture a page and look, named `page-size-scheme.png`; `height` cuts it off below."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        with serve(Path(home)) as site:
            built = stage(site.ctx, sandboxed(SCRIPT))
            classroom.fill(built.course)
            for look in looks:
                for shown in PAGES:
                    if not names or shown.name in names:
                        with browsers.tab(browser, site.url, *look) as tab:
                            path = folder / f"{shown.name}-{'-'.join(look)}.png"
                            take(tab, built, shown, path, height)
        browser.close()


def sandboxed(script: str) -> Run:
    """What the real sandbox makes of a script, the second time, when it is warm."""
    job = Job(files={"answer.py": script.encode()}, entry="answer.py", collect=("x.grad",))
    sandbox = Sandbox(SandboxConfig())
    sandbox.start()
    try:
        sandbox.run(job)
        return sandbox.run(job)
    finally:
        sandbox.close()


def take(tab: browsers.Tab, built: Stage, shown: Shown, path: Path, height: int | None) -> None:
    """The page, whole or down to `height`."""
    if shown.who:
        tab.sign_in(shown.who + built.suffix, courses.PASSWORD)
    tab.go(shown.path(built))
    tab.page.wait_for_load_state("networkidle" if shown.settles else "load")
    if height is not None:
        tab.page.set_viewport_size({"width": browsers.SIZES["desktop"][0], "height": height})
    tab.page.screenshot(path=str(path), full_page=height is None)
    notes = [one for one in tab.complaints if "404" not in one and "REFUSED" not in one]
    print(path.name, f"overflow={tab.overflow()}", *notes)


if __name__ == "__main__":
    if sys.argv[1] == "--readme":
        main(README, list(README_PAGES), (("desktop", "light"),), README_HEIGHT)
    else:
        main(Path(sys.argv[1]), sys.argv[2:], LOOKS, None)
