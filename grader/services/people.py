"""Making people and giving them roles."""

import re
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.bootstrap import Context
from grader.domain.errors import Conflict, Fault, Invalid, NotFound
from grader.services import passwords
from grader.services.audit import note
from grader.services.permission import require_manager
from grader.store.models import CourseRow, EnrolmentRow, PersonRow
from grader.store.queries.people import PersonView, view

ROLES = ("student", "grader", "instructor")

OF_THE_DEMO = "was made by the demo, and signs in nowhere else."

MAX_NAME = 200
MAX_EMAIL = 320

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,149}\Z")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def create(
    ctx: Context,
    username: str,
    name: str,
    *,
    email: str | None = None,
    password: str | None = None,
    is_admin: bool = False,
    is_demo: bool = False,
    actor_id: str | None = None,
) -> str:
    """Make a person and return their id. Without a password they cannot sign in by one.

    Raises Invalid with every fault at once, Conflict if the username is taken.
    """
    username, name, email = username.strip().lower(), name.strip(), (email or "").strip() or None
    found = faults(username, name, email)
    found += passwords.faults(password) if password is not None else []
    if found:
        raise Invalid("The person cannot be created.", *found)
    secret = None if password is None else passwords.hashed(password)
    with ctx.store.begin() as session:
        if by_username(session, username) is not None:
            fault = Fault("username", f"{username} is taken.", "Choose another.")
            raise Conflict("There is a person of that name already.", fault)
        row = PersonRow(
            username=username,
            name=name,
            email=email,
            password_hash=secret,
            is_admin=is_admin,
            is_demo=is_demo,
            created_at=ctx.clock(),
        )
        session.add(row)
        session.flush()
        note(ctx, session, "person.created", row.id, actor_id=actor_id, is_admin=is_admin)
    return row.id


def set_password(
    ctx: Context, person_id: str, password: str, *, actor_id: str | None = None
) -> None:
    """Give a person a new password. Raises Invalid, NotFound, Conflict (the demo's, elsewhere)."""
    found = passwords.faults(password)
    if found:
        raise Invalid("The password cannot be used.", *found)
    secret = passwords.hashed(password)
    with ctx.store.begin() as session:
        row = session.get(PersonRow, person_id)
        if row is None:
            raise NotFound("There is no such person.")
        if not admitted(ctx, view(row)):
            raise Conflict(f"{row.username} {OF_THE_DEMO} Make another person.")
        row.password_hash = secret
        note(ctx, session, "password.set", person_id, actor_id=actor_id)


def without_password(ctx: Context, course_id: str) -> list[PersonView]:
    """Who is in the course and has no password yet, by username."""
    query = (
        select(PersonRow)
        .join(EnrolmentRow, EnrolmentRow.person_id == PersonRow.id)
        .where(EnrolmentRow.course_id == course_id, PersonRow.password_hash.is_(None))
        .order_by(PersonRow.username)
    )
    with ctx.store.read() as session:
        return [view(row) for row in session.scalars(query)]


def first_passwords(ctx: Context, chosen: Mapping[str, str]) -> None:
    """Give people (by id) their first passwords, all in one transaction; the hashing comes before.

    Raises Conflict if one of them has a password by now.
    """
    hashes = {person_id: passwords.hashed(password) for person_id, password in chosen.items()}
    with ctx.store.begin() as session:
        for person_id, secret in hashes.items():
            row = session.get_one(PersonRow, person_id, with_for_update=True)
            if row.password_hash is not None:
                raise Conflict(f"{row.username} has a password by now. Nothing was changed.")
            row.password_hash = secret
            note(ctx, session, "password.set", person_id, actor_id=None)


def enrol(
    ctx: Context, course_id: str, person_id: str, role: str, *, actor_id: str | None = None
) -> None:
    """Give a person their role in a course, in place of one they had. Raises Invalid, NotFound."""
    found = role_faults(role)
    if found:
        raise Invalid("The role cannot be given.", *found)
    with ctx.store.begin() as session:
        require_manager(session, actor_id, course_id)
        if session.get(CourseRow, course_id) is None or session.get(PersonRow, person_id) is None:
            raise NotFound("There is no such course, or no such person.")
        give_role(ctx, session, course_id, person_id, role)
        note(
            ctx,
            session,
            "person.enrolled",
            person_id,
            actor_id=actor_id,
            course_id=course_id,
            role=role,
        )


def give_role(ctx: Context, session: Session, course_id: str, person_id: str, role: str) -> bool:
    """Set the role; False if it was that already."""
    row = session.scalar(
        select(EnrolmentRow).where(
            EnrolmentRow.course_id == course_id, EnrolmentRow.person_id == person_id
        )
    )
    if row is None:
        session.add(
            EnrolmentRow(
                course_id=course_id, person_id=person_id, role=role, created_at=ctx.clock()
            )
        )
        return True
    changed = row.role != role
    row.role = role
    return changed


def by_username(session: Session, username: str) -> PersonRow | None:
    """The person of that (lower-case) name."""
    return session.scalar(select(PersonRow).where(PersonRow.username == username))


def admitted(ctx: Context, person: PersonView) -> bool:
    """Whether they may come in: the demo's, whose passwords are public, in demo mode only."""
    return ctx.settings.mode == "demo" or not person.is_demo


def faults(username: str, name: str, email: str | None) -> list[Fault]:
    """What keeps these from being a person's, all of it."""
    found = []
    if not _USERNAME.match(username):
        remedy = "Use letters a to z, digits and . _ @ + -, beginning with a letter or digit."
        found.append(Fault("username", f"{username[:40]!r} cannot be used.", remedy))
    if not name or len(name) > MAX_NAME or not name.isprintable():
        remedy = f"Use 1 to {MAX_NAME} printable characters."
        found.append(Fault("name", f"{name[:40]!r} cannot be used.", remedy))
    # A spreadsheet that opens our exports would run such a name as a formula.
    elif name.startswith(_FORMULA):
        remedy = "Leave out the first character: spreadsheets take it for a formula."
        found.append(Fault("name", f"{name[:40]!r} cannot be used.", remedy))
    if email is not None and not _is_email(email):
        remedy = "Use an address such as name@example.org, or leave it out."
        found.append(Fault("email", f"{email[:40]!r} is not an address.", remedy))
    return found


def role_faults(role: str) -> list[Fault]:
    """What keeps it from being a role."""
    if role in ROLES:
        return []
    return [Fault("role", f"{role[:40]!r} is not a role.", f"Use one of {', '.join(ROLES)}.")]


def _is_email(email: str) -> bool:
    fits = len(email) <= MAX_EMAIL and email.isprintable() and not email.startswith(_FORMULA)
    return fits and _EMAIL.match(email) is not None
