"""LMSs that may send us events, and whom their names mean."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.errors import Conflict, Fault, Invalid, NotFound
from grader.services.audit import note
from grader.services.permission import require_manager
from grader.services.signing_keys import NewSecret, new_key
from grader.services.signing_keys import rotate as rotate_key
from grader.store.models import CourseRow, LmsIdentityRow, LmsSourceRow, PersonRow

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}\Z")


def add(ctx: Context, course_id: str, name: str, *, actor_id: str | None = None) -> NewSecret:
    """Let an LMS send events for a course to `/lms/hooks/<name>`. Raises Invalid, Conflict."""
    if not _NAME.match(name):
        remedy = "Use lower-case letters, digits and -, such as moodle."
        raise Invalid(
            "The source cannot be added.", Fault("name", f"{name[:40]!r} cannot be used.", remedy)
        )
    secret = new_key()
    with ctx.store.begin() as session:
        require_manager(session, actor_id, course_id)
        if session.get(CourseRow, course_id) is None:
            raise NotFound("There is no such course.")
        if session.scalar(select(LmsSourceRow.id).where(LmsSourceRow.name == name)) is not None:
            fault = Fault("name", f"{name} is taken.", "Choose another.")
            raise Conflict("There is a source of that name already.", fault)
        row = LmsSourceRow(
            name=name, course_id=course_id, secret=ctx.vault.seal(secret), created_at=ctx.clock()
        )
        session.add(row)
        session.flush()
        note(
            ctx,
            session,
            "lms_source.added",
            row.id,
            actor_id=actor_id,
            course_id=course_id,
            name=name,
        )
    return NewSecret(row.id, secret)


def rotate(ctx: Context, source_id: str, *, actor_id: str | None = None) -> NewSecret:
    """A new key for the source; the old one is accepted for a week more. Raises NotFound."""
    with ctx.store.begin() as session:
        row = session.get(LmsSourceRow, source_id, with_for_update={"key_share": True})
        if row is None:
            raise NotFound("There is no such LMS source.")
        require_manager(session, actor_id, row.course_id)
        made = rotate_key(ctx, row)
        note(ctx, session, "lms_source.rotated", row.id, actor_id=actor_id, course_id=row.course_id)
    return made


def identify(
    ctx: Context, actor_id: str | None, source_id: str, external_id: str, person_id: str
) -> None:
    """Say whom the LMS means by a name. Raises NotFound, Conflict if it means somebody else."""
    with ctx.store.begin() as session:
        source = session.get(LmsSourceRow, source_id)
        if source is None or session.get(PersonRow, person_id) is None:
            raise NotFound("There is no such LMS source, or no such person.")
        require_manager(session, actor_id, source.course_id)
        remember_identity(ctx, session, source_id, external_id, person_id)
        note(
            ctx,
            session,
            "lms_identity.set",
            person_id,
            actor_id=actor_id,
            course_id=source.course_id,
            external_id=external_id,
            source=source.name,
        )


def remember_identity(
    ctx: Context, session: Session, source_id: str, external_id: str, person_id: str
) -> None:
    """Keep whom the name means. Raises Conflict if it means somebody else already."""
    row = identity(session, source_id, external_id)
    if row is None:
        session.add(
            LmsIdentityRow(
                source_id=source_id,
                external_id=external_id,
                person_id=person_id,
                created_at=ctx.clock(),
            )
        )
    elif row.person_id != person_id:
        fault = Fault(
            "person", "The LMS's name belongs to somebody else here.", "Check both people."
        )
        raise Conflict("That name of the LMS belongs to somebody else.", fault)


def identity(session: Session, source_id: str, external_id: str) -> LmsIdentityRow | None:
    """Whom the LMS means by a name, if that is known."""
    return session.scalar(
        select(LmsIdentityRow).where(
            LmsIdentityRow.source_id == source_id, LmsIdentityRow.external_id == external_id
        )
    )
