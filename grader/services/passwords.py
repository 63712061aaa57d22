"""Passwords: argon2id hashes, and what may be one."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from grader.domain.errors import Fault

MIN_LENGTH = 8
MAX_LENGTH = 1_000

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of drawn passwords: nothing in it is taken for something else (l and 1, o and 0)."""

_hasher = PasswordHasher()

# Of a password that nobody knows. Verifying it takes as long as a real one, so the answer's time
# does not tell whether a name exists; a test holds its cost equal to the hasher's.
DECOY = (
    "$argon2id$v=19$m=65536,t=3,p=4$XFn6l7N1l1I3a3eo3Zbjxw$"
    "B1HS9FdqOvVvrCD2KoQcF0RoEyHXz0WNiyKT32LG6ag"
)


def draw() -> str:
    """A password to hand out, of 79 random bits: easy to read off paper, no formula for a sheet."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def hashed(password: str) -> str:
    """The hash to store."""
    return _hasher.hash(password)


def matches(password: str, stored: str) -> bool:
    """Whether the password is the one of this hash."""
    try:
        return _hasher.verify(stored, password.encode(errors="surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False


def outdated(stored: str) -> bool:
    """Whether the hash is of an older cost and should be made anew."""
    return _hasher.check_needs_rehash(stored)


def faults(password: str) -> list[Fault]:
    """What keeps it from being a password."""
    if MIN_LENGTH <= len(password) <= MAX_LENGTH:
        return []
    remedy = f"Use {MIN_LENGTH} to {MAX_LENGTH} characters."
    return [Fault("password", "The password is too short or too long.", remedy)]
