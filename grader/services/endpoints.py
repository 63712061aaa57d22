"""Where a course's events are sent."""

from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.errors import Conflict, Fault, Invalid, NotFound
from grader.services.audit import note
from grader.services.permission import require_manager
from grader.services.signing_keys import NewSecret, new_key
from grader.services.signing_keys import rotate as rotate_key
from grader.store.models import CourseRow, WebhookEndpointRow

MAX_URL = 2_000
REMOVED = "It was removed."


def add(ctx: Context, actor_id: str | None, course_id: str, url: str) -> NewSecret:
    """Send the course's events to `url` from now on. One that was removed is taken up again.

    Whether the address may be reached is asked at every sending, not here: names change what
    they point to. Raises Invalid, Conflict, NotFound, NotEnrolled.
    """
    _check(ctx, url)
    secret = new_key()
    with ctx.store.begin() as session:
        require_manager(session, actor_id, course_id)
        query = select(CourseRow.id).where(CourseRow.id == course_id)
        if session.scalar(query.with_for_update(key_share=True)) is None:
            raise NotFound("There is no such course.")
        row = _row(ctx, session, course_id, url)
        row.secret, row.old_secret, row.old_secret_until = ctx.vault.seal(secret), None, None
        row.active, row.disabled_reason = True, ""
        session.flush()
        _note(ctx, session, "endpoint.added", row, actor_id)
    return NewSecret(row.id, secret)


def remove(ctx: Context, actor_id: str | None, endpoint_id: str) -> None:
    """Send nothing there any more; the log stays.

    Raises NotFound, NotEnrolled, Conflict (it was removed before).
    """
    with ctx.store.begin() as session:
        row = _of_manager(session, actor_id, endpoint_id)
        row.active, row.disabled_reason = False, REMOVED
        _note(ctx, session, "endpoint.removed", row, actor_id)


def rotate(ctx: Context, actor_id: str | None, endpoint_id: str) -> NewSecret:
    """A new key; events are signed by both for a week.

    Raises NotFound, NotEnrolled, Conflict (it was removed: adding it again gives a new key).
    """
    with ctx.store.begin() as session:
        row = _of_manager(session, actor_id, endpoint_id)
        made = rotate_key(ctx, row)
        _note(ctx, session, "endpoint.rotated", row, actor_id)
    return made


def disable(ctx: Context, endpoint_id: str, reason: str) -> None:
    """Switch an endpoint off because of what it answered (such as 410 Gone)."""
    with ctx.store.begin() as session:
        row = session.get(WebhookEndpointRow, endpoint_id, with_for_update={"key_share": True})
        if row is None or not row.active:
            return
        row.active, row.disabled_reason = False, reason
        _note(ctx, session, "endpoint.disabled", row, None)


def _row(ctx: Context, session: Session, course_id: str, url: str) -> WebhookEndpointRow:
    row = session.scalar(
        select(WebhookEndpointRow).where(
            WebhookEndpointRow.course_id == course_id, WebhookEndpointRow.url == url
        )
    )
    if row is not None and row.active:
        fault = Fault("url", "Events are sent there already.", "Rotate its key if it is lost.")
        raise Conflict("The course has this endpoint already.", fault)
    if row is None:
        row = WebhookEndpointRow(course_id=course_id, url=url, created_at=ctx.clock())
        session.add(row)
    return row


def _of_manager(session: Session, actor_id: str | None, endpoint_id: str) -> WebhookEndpointRow:
    row = session.get(WebhookEndpointRow, endpoint_id, with_for_update={"key_share": True})
    if row is None:
        raise NotFound("There is no such endpoint.")
    require_manager(session, actor_id, row.course_id)
    if row.disabled_reason == REMOVED:
        remedy = "Add it again to send there: xgrad admin endpoint."
        raise Conflict(
            "This endpoint was removed before.", Fault("url", "Nothing is sent there.", remedy)
        )
    return row


def _note(
    ctx: Context, session: Session, action: str, row: WebhookEndpointRow, actor_id: str | None
) -> None:
    note(
        ctx,
        session,
        action,
        row.id,
        actor_id=actor_id,
        course_id=row.course_id,
        url=row.url,
        reason=row.disabled_reason,
    )


def _check(ctx: Context, url: str) -> None:
    schemes = ("https",) if ctx.settings.production else ("https", "http")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= MAX_URL
    if plain and host and parts.scheme in schemes and "@" not in parts.netloc:
        return
    why = "It is not an address to send to."
    if host and parts.scheme not in schemes:
        why = f"Events are sent by {' or '.join(schemes)} only, and not into private networks."
    elif "@" in parts.netloc:
        why = "It holds a user name or a password, which every log would show."
    remedy = f"Use an address such as {schemes[0]}://lms.example.org/hooks, without a password."
    raise Invalid("The endpoint cannot be added.", Fault("url", why, remedy))
