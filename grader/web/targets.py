"""Where a person is sent: only ever to an address of our own."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import current_app, request, url_for


def safe_next(wanted: str) -> str:
    """`wanted` if it is a path on this very site, else the first page.

    Backslashes and control characters are refused because browsers read `/\\host` as `//host`.
    """
    parts = urlsplit(wanted) if wanted.isprintable() else None
    ours = (
        parts is not None
        and not parts.scheme
        and not parts.netloc
        and wanted.startswith("/")
        and not wanted.startswith("//")
        and "\\" not in wanted
    )
    return wanted if ours else url_for("portal.assignments")


def sign_in_url() -> str:
    """The sign-in page, which leads back to the page that was asked for, or whose form was sent."""
    return url_for("portal.sign_in", next=page_address() or None)


def page_address() -> str:
    """The address of the page that a request is from; empty where it can only be posted to."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    adapter = current_app.create_url_adapter(request)
    is_page = adapter is not None and adapter.test(request.path, method="GET")
    return request.path if is_page else ""


def seconds_until(when: datetime) -> int:
    """Whole seconds from now, at least one."""
    return max(1, int((when - datetime.now(UTC)).total_seconds()) + 1)
