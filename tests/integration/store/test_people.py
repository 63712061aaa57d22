"""Making people, signing in, and tokens."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from grader.domain.errors import (
    Conflict,
    Invalid,
    NotEnrolled,
    NotFound,
    SignInFailed,
    TokenInvalid,
)
from grader.services import courses, passwords, people, signin, tokens
from grader.store.models import ApiTokenRow, PersonRow

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def ada(ctx):
    return people.create(ctx, "Ada", "Ada Lovelace", password="correct horse")


def stored_hash(ctx, person_id):
    with ctx.store.read() as session:
        return session.get(PersonRow, person_id).password_hash


def test_signing_in(ctx, ada):
    person = signin.check(ctx, " ADA ", "correct horse")
    assert (person.id, person.username, person.is_admin) == (ada, "ada", False)
    assert stored_hash(ctx, ada).startswith("$argon2id$")
    assert "correct horse" not in stored_hash(ctx, ada)


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("ada", "wrong"),
        ("ada", ""),
        ("ada", "Correct horse"),
        ("ada", "\ud800\0"),
        ("nobody", "correct horse"),
        ("", ""),
        ("ada\0", "wrong"),
        ("a" * 100_000, "x"),
        ("\udc80", "x"),
    ],
)
@SQLITE
def test_what_is_wrong_is_never_said(ctx, ada, username, password):
    with pytest.raises(SignInFailed) as refusal:
        signin.check(ctx, username, password)
    assert refusal.value.message == "The name or the password is wrong."


def test_hostile_names_on_every_database(ctx, ada):
    for name in ("ada\0x", "\udc80", "' OR 1=1 --"):
        with pytest.raises(SignInFailed):
            signin.check(ctx, name, "correct horse")


@SQLITE
def test_without_a_password_nobody_signs_in(ctx):
    people.create(ctx, "bob", "Bob")
    with pytest.raises(SignInFailed):
        signin.check(ctx, "bob", "")


@SQLITE
def test_an_unknown_name_costs_as_much_as_a_known_one(ctx, ada):
    # Not by the clock, which is noisy, but by the parameters of what is verified.
    parameters = passwords.DECOY.split("$")[1:4]
    assert parameters == stored_hash(ctx, ada).split("$")[1:4]
    assert not passwords.outdated(passwords.DECOY)


def test_a_hash_of_an_older_cost_is_renewed(ctx, ada):
    with ctx.store.begin() as session:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        session.get(PersonRow, ada).password_hash = cheap.hash("correct horse")
    assert signin.check(ctx, "ada", "correct horse").id == ada
    assert not passwords.outdated(stored_hash(ctx, ada))
    assert signin.check(ctx, "ada", "correct horse").id == ada


@SQLITE
def test_a_new_password_replaces_the_old(ctx, ada):
    people.set_password(ctx, ada, "battery staple")
    assert signin.check(ctx, "ada", "battery staple").id == ada
    with pytest.raises(SignInFailed):
        signin.check(ctx, "ada", "correct horse")
    with pytest.raises(Invalid):
        people.set_password(ctx, ada, "short")
    with pytest.raises(NotFound):
        people.set_password(ctx, "nobody", "long enough")


def test_all_faults_of_a_person_come_at_once(ctx):
    with pytest.raises(Invalid) as refusal:
        people.create(ctx, "a b", "=1+1", email="nope", password="short")
    assert [one.field for one in refusal.value.faults] == ["username", "name", "email", "password"]
    with pytest.raises(Invalid):
        people.create(ctx, "ada", "A\u202eb")


def test_names_are_taken_whatever_their_capitals(ctx, ada):
    with pytest.raises(Conflict):
        people.create(ctx, "ADA", "Another")


@SQLITE
def test_courses_and_roles(ctx, ada):
    course_id = courses.create(ctx, "dl", "Deep learning")
    with pytest.raises(Conflict):
        courses.create(ctx, "dl", "Again")
    with pytest.raises(Invalid) as refusal:
        courses.create(ctx, "D L", " ")
    assert [one.field for one in refusal.value.faults] == ["key", "title"]
    with pytest.raises(Invalid):
        people.enrol(ctx, course_id, ada, "dean")
    with pytest.raises(NotFound):
        people.enrol(ctx, course_id, "nobody", "student")
    with pytest.raises(NotEnrolled):
        people.enrol(ctx, course_id, ada, "instructor", actor_id=ada)


def test_a_token_is_shown_once_and_kept_as_a_hash(ctx, ada):
    issued = tokens.issue(ctx, ada, "laptop", ["submit"])
    assert issued.token.startswith("xg_")
    with ctx.store.read() as session:
        row = session.scalars(select(ApiTokenRow)).one()
    assert issued.token not in (row.sha256, row.name)
    assert tokens.authenticate(ctx, issued.token, "submit").id == ada


def test_tokens_that_open_nothing(ctx, ada, clock):
    expires = clock.now + timedelta(hours=1)
    issued = tokens.issue(ctx, ada, "laptop", ["submit"], expires_at=expires)
    for token in ("", "xg_", issued.token[:-1], issued.token + "\0", "\ud800", "é" * 10_000):
        with pytest.raises(TokenInvalid, match="unknown"):
            tokens.authenticate(ctx, token, "submit")
    with pytest.raises(TokenInvalid, match="may not read"):
        tokens.authenticate(ctx, issued.token, "read")
    clock.forward(hours=1)
    with pytest.raises(TokenInvalid, match="expired"):
        tokens.authenticate(ctx, issued.token, "submit")


def test_a_revoked_token_is_dead_at_once(ctx, ada):
    issued = tokens.issue(ctx, ada, "laptop")
    stranger = people.create(ctx, "eve", "Eve")
    with pytest.raises(NotEnrolled):
        tokens.revoke(ctx, stranger, issued.token_id)
    tokens.revoke(ctx, ada, issued.token_id)
    tokens.revoke(ctx, ada, issued.token_id)
    with pytest.raises(TokenInvalid, match="revoked"):
        tokens.authenticate(ctx, issued.token, "read")
    with pytest.raises(NotFound):
        tokens.revoke(ctx, ada, "nope")


@SQLITE
def test_tokens_that_make_no_sense(ctx, ada):
    with pytest.raises(Invalid) as refusal:
        tokens.issue(ctx, ada, "", ["root", "read"])
    assert [one.field for one in refusal.value.faults] == ["scopes", "name"]
    with pytest.raises(Invalid):
        tokens.issue(ctx, ada, "x", [])
    with pytest.raises(NotFound):
        tokens.issue(ctx, "nobody", "x")
