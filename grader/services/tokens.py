"""Bearer tokens for programs. The token is shown once; only its SHA-256 is kept."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from grader.bootstrap import Context
from grader.domain.errors import Fault, Invalid, NotEnrolled, NotFound, TokenInvalid
from grader.services import people
from grader.services.audit import note
from grader.store.models import ApiTokenRow, PersonRow
from grader.store.queries import access
from grader.store.queries.people import PersonView, view

SCOPES = ("submit", "read")

PREFIX = "xg_"
_ANOTHER = "Have another issued by the course's staff: `xgrad admin token`."


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token; `token` is never shown again."""

    token_id: str
    token: str


def issue(
    ctx: Context,
    person_id: str,
    name: str,
    scopes: Sequence[str] = SCOPES,
    *,
    expires_at: datetime | None = None,
    actor_id: str | None = None,
) -> Issued:
    """Make a token for a person. Raises Invalid with every fault, NotFound."""
    found = _faults(name, scopes, expires_at)
    if found:
        raise Invalid("The token cannot be issued.", *found)
    token = PREFIX + secrets.token_urlsafe(32)
    with ctx.store.begin() as session:
        if session.get(PersonRow, person_id) is None:
            raise NotFound("There is no such person.")
        row = ApiTokenRow(
            person_id=person_id,
            name=name,
            sha256=_sha256(token),
            scopes=sorted(set(scopes)),
            created_at=ctx.clock(),
            expires_at=expires_at,
        )
        session.add(row)
        session.flush()
        note(ctx, session, "token.issued", row.id, actor_id=actor_id, person_id=person_id)
    return Issued(row.id, token)


def authenticate(ctx: Context, token: str, scope: str) -> PersonView:
    """The person whose token it is.

    Raises TokenInvalid: unknown, revoked, expired, no scope, or of the demo outside demo mode.
    """
    with ctx.store.read() as session:
        found = session.execute(
            select(ApiTokenRow, PersonRow)
            .join(PersonRow, PersonRow.id == ApiTokenRow.person_id)
            .where(ApiTokenRow.sha256 == _sha256(token))
        ).first()
        if found is None:
            raise _refused("The token is unknown.", f"Check that it was copied whole. {_ANOTHER}")
        row, person = found
        if row.revoked_at is not None:
            raise _refused("The token was revoked.", _ANOTHER)
        if row.expires_at is not None and row.expires_at <= ctx.clock():
            raise _refused("The token has expired.", _ANOTHER)
        if scope not in row.scopes:
            raise _refused(
                f"The token may not {scope}.",
                f"Have one issued with that scope: `xgrad admin token --scope {scope}`.",
            )
        if not people.admitted(ctx, view(person)):
            raise _refused("The token is of the demo, and this is not the demo.", _ANOTHER)
        return view(person)


def revoke(ctx: Context, actor_id: str | None, token_id: str) -> None:
    """End a token, at once. One's own, or any for an administrator. Raises NotFound."""
    with ctx.store.begin() as session:
        row = session.get(ApiTokenRow, token_id)
        if row is None:
            raise NotFound("There is no such token.")
        if actor_id not in (None, row.person_id) and not access.is_admin(session, actor_id):
            raise NotEnrolled("Only the token's owner or an administrator may revoke it.")
        row.revoked_at = row.revoked_at or ctx.clock()
        note(ctx, session, "token.revoked", token_id, actor_id=actor_id)


def _refused(message: str, remedy: str) -> TokenInvalid:
    return TokenInvalid(message, Fault("Authorization", message, remedy))


def _sha256(token: str) -> str:
    # The token is 256 random bits, so a fast hash gives nothing away.
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def _faults(name: str, scopes: Sequence[str], expires_at: datetime | None) -> list[Fault]:
    found = [
        Fault("scopes", f"{one[:40]!r} is not a scope.", f"Use {', '.join(SCOPES)}.")
        for one in scopes
        if one not in SCOPES
    ]
    if not scopes:
        found.append(Fault("scopes", "There is none.", f"Use {', '.join(SCOPES)}."))
    if not 0 < len(name) <= 100 or not name.isprintable():
        found.append(Fault("name", "It cannot be used.", "Use 1 to 100 printable characters."))
    if expires_at is not None and expires_at.tzinfo is None:
        found.append(Fault("expires_at", "The date has no time zone.", "Add one, such as +00:00."))
    return found
