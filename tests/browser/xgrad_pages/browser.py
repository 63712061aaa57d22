"""Debian's Chromium, driven by playwright, with every complaint of a page written down."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, StorageState

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
MISSING = f"{CHROMIUM} is not there; install it: apt-get install --yes chromium"
AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
SIZES = {"phone": (360, 760), "desktop": (1280, 860)}

Scheme = Literal["light", "dark"]


def launch(playwright: Playwright) -> Browser:
    """The browser. A machine without it fails the tests and says how to mend that."""
    assert CHROMIUM.exists(), MISSING
    return playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS, timeout=120_000)


@dataclass
class Tab:
    """A page of a browser with its own cookies, and what went wrong in it."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the site."""
        answer = self.page.goto(self.base + path, wait_until="load")
        assert answer is not None
        assert answer.status < 500, f"{path}: {answer.status}"

    def sign_in(self, username: str, password: str) -> None:
        self.go("/sign-in")
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_load_state("load")

    def serious(self) -> list[str]:
        """What axe-core finds serious or critical on the page as it stands."""
        # Evaluated over the debugging protocol, so the page's own policy need not allow it.
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{one['id']}: {one['help']} {[node['html'][:160] for node in one['nodes']]}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]

    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        script = "() => document.documentElement.scrollWidth - window.innerWidth"
        return max(0, int(self.page.evaluate(script)))


@contextmanager
def tab(
    browser: Browser,
    base: str,
    size: str = "desktop",
    scheme: Scheme = "light",
    *,
    scripts: bool = True,
    cookies: StorageState | None = None,
) -> Iterator[Tab]:
    """A fresh tab, without cookies unless some are given."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        locale="en-GB",
        timezone_id="UTC",
        reduced_motion="reduce",
        java_script_enabled=scripts,
        storage_state=cookies,
    )
    opened = Tab(context.new_page(), base)
    opened.page.on("console", lambda message: _note(opened, message))
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    try:
        yield opened
    finally:
        context.close()


def _note(opened: Tab, message: ConsoleMessage) -> None:
    if message.type in ("error", "warning"):
        opened.complaints.append(f"{message.type}: {message.text}")
