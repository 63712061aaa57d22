"""Signing in by password."""

from grader.bootstrap import Context
from grader.domain.errors import SignInFailed
from grader.services import passwords, people
from grader.store.models import PersonRow
from grader.store.queries.people import PersonView, view


def check(ctx: Context, username: str, password: str) -> PersonView:
    """The person of that name and password. Raises SignInFailed, and never says which was wrong.

    An unknown name costs as much time as a known one. The demo's people exist in demo mode only.
    """
    with ctx.store.read() as session:
        row = people.by_username(session, username.strip().lower())
        person = None if row is None else view(row)
        stored = None if row is None else row.password_hash
    # The session is closed: hashing takes long on purpose.
    right = passwords.matches(password, stored or passwords.DECOY)
    if person is None or stored is None or not right or not people.admitted(ctx, person):
        raise SignInFailed("The name or the password is wrong.")
    if passwords.outdated(stored):
        _rehash(ctx, person.id, stored, password)
    return person


def _rehash(ctx: Context, person_id: str, stored: str, password: str) -> None:
    renewed = passwords.hashed(password)
    with ctx.store.begin() as session:
        row = session.get_one(PersonRow, person_id, with_for_update=True)
        if row.password_hash == stored:
            row.password_hash = renewed
