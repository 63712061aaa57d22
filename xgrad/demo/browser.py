"""What a browser does on the portal's pages: keep cookies, fill in forms, follow redirects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

from xgrad.faults import EXIT_FAILED, Fault

TIMEOUT_S = 30


@dataclass
class Form:
    """A form as it stands on a page: where it goes, and the values its inputs have."""

    action: str = ""
    method: str = "get"
    values: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    """Collects the forms of a page; a radio or checkbox counts only where it is checked."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif tag == "textarea" and self.forms and "name" in given:
            self._area = given["name"]
            self.forms[-1].values[self._area] = ""
        elif tag == "input" and self.forms and "name" in given:
            self._input(given)

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.forms[-1].values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        chosen = kind not in {"radio", "checkbox"} or "checked" in given
        if chosen and kind not in {"file", "submit", "button"}:
            self.forms[-1].values[given["name"]] = given.get("value", "")


class Browser:
    """One person's browser, signed in or not."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.session = requests.Session()
        # The demo talks to this machine only, whatever proxy the environment names.
        self.session.trust_env = False

    def sign_in(self, username: str, password: str) -> None:
        """Fill in the sign-in form, with its CSRF token."""
        page = self.submit("/sign-in", "username", {"username": username, "password": password})
        if page.status_code != requests.codes.ok or "/sign-in" in page.url:
            raise Fault(f"{username} could not sign in at {page.url}.", EXIT_FAILED)

    def submit(self, path: str, has: str, values: Mapping[str, str]) -> requests.Response:
        """Open `path`, fill in the form that has an input named `has`, and send it."""
        page = self.session.get(urljoin(self.base_url, path), timeout=TIMEOUT_S)
        parser = _Forms()
        parser.feed(page.text)
        form = next((one for one in parser.forms if has in one.values), None)
        if form is None:
            raise Fault(f"{page.url} ({page.status_code}) has no form with '{has}'.", EXIT_FAILED)
        target = urljoin(page.url, form.action)
        data = form.values | dict(values)
        return self.session.post(target, data=data, timeout=TIMEOUT_S)

    def close(self) -> None:
        """Forget the cookies."""
        self.session.close()
