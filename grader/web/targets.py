"""Where a person is sent: only ever to an address of our own."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import request, url_for


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
    """The sign-in page, which leads back to a page that was asked for by GET."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
    return url_for("portal.sign_in", next=wanted or None)


def seconds_until(when: datetime) -> int:
    """Whole seconds from now, at least one."""
    return max(1, int((when - datetime.now(UTC)).total_seconds()) + 1)
