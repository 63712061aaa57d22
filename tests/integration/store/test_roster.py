"""Rosters by CSV: everyone or nobody, and every fault with its line."""

import pytest
from sqlalchemy import func, select

from grader.domain.errors import Invalid, NotEnrolled, NotFound
from grader.services import courses, lms_sources, people, roster
from grader.services.roster import RosterReport
from grader.store.models import EnrolmentRow, LmsIdentityRow, PersonRow
from grader.store.queries import people as queries


@pytest.fixture
def course_id(ctx):
    return courses.create(ctx, "dl", "Deep learning")


def count(ctx, table):
    with ctx.store.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def person(ctx, username):
    with ctx.store.read() as session:
        return queries.by_username(session, username)


GOOD = "username,name,email,role\nada,Ada Lovelace,ada@example.org,\nBOB,Bob,,grader\n"


def test_people_are_made_changed_and_left(ctx, course_id):
    assert roster.import_csv(ctx, None, course_id, GOOD) == RosterReport(2, 0, 0, 2)
    assert roster.import_csv(ctx, None, course_id, GOOD) == RosterReport(0, 0, 2, 0)
    changed = "name,username,role\nAda King,ada,student\nBob,bob,instructor\n"
    assert roster.import_csv(ctx, None, course_id, changed) == RosterReport(0, 1, 1, 1)
    ada = person(ctx, "ada")
    assert (ada.name, ada.email) == ("Ada King", "ada@example.org")
    with ctx.store.read() as session:
        roles = {one.role for one in queries.courses(session, person(ctx, "bob").id)}
    assert roles == {"instructor"}


SPELLINGS = {
    "a byte order mark": "\ufeff".encode() + GOOD.encode(),
    "a mark in text": "\ufeff" + GOOD,
    "carriage returns": GOOD.replace("\n", "\r\n").encode(),
    "capitals and spaces": " Username , NAME ,email,Role\n ada , Ada Lovelace ,,STUDENT\nbob,B,,\n",
    "empty lines": GOOD.replace("\n", "\n\n"),
    "quotes": 'username,name\nada,"Lovelace, Ada"\nbob,"Bob ""B"" B"\n',
}


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS)
def test_files_as_spreadsheets_write_them(ctx, course_id, text):
    assert roster.import_csv(ctx, None, course_id, text).created == 2


def test_all_faults_come_at_once_with_their_lines_and_nothing_changes(ctx, course_id):
    text = (
        "username,name,email,role\n"
        "ada,Ada,,student\n"
        "bad name!,=cmd|' /C calc'!A0,nope,dean\n"
        "bob,Bob\n"
        "ADA,Ada again,,\n"
        ",Nameless,,\n"
        "eve,,eve@example.org,\n"
        "mal,@SUM(A1),-1@example.org,\n"
    )
    with pytest.raises(Invalid) as refusal:
        roster.import_csv(ctx, None, course_id, text)
    assert [fault.field for fault in refusal.value.faults] == [
        "line 3, username",
        "line 3, name",
        "line 3, email",
        "line 3, role",
        "line 4",
        "line 5, username",
        "line 6, username",
        "line 7, name",
        "line 8, name",
        "line 8, email",
    ]
    assert "on line 2 already" in refusal.value.faults[5].message
    assert all(fault.message and fault.remedy for fault in refusal.value.faults)
    assert count(ctx, PersonRow) == count(ctx, EnrolmentRow) == 0


UNREADABLE = {
    "nothing": ("", ["line 1", "line 1"]),
    "no header": ("ada,Bob\n", ["line 1"] * 4),
    "a column twice": ("username,name,name\n", ["line 1"]),
    "an unknown column": ("username,name,score\nada,Ada,100\n", ["line 1"]),
    "Latin-1": (b"username,name\nada,Ad\xe4\n", ["line 2"]),
    "binary": (b"\x00\xff\xfe", ["line 1"]),
    "an open quote": ('username,name\nada,"Ada\n', ["line 2"]),
    "NUL": ("username,name\na\0da,Ada\n", ["line 2, username"]),
    "control characters": ("username,name\nada,A\x1b[31mda\n", ["line 2, name"]),
    "too long a name": (f"username,name\nada,{'A' * 201}\n", ["line 2, name"]),
    "an LMS id without a source": ("username,name,lms_id\nada,A,7\n", ["line 2, lms_id"]),
}


@pytest.mark.parametrize(("text", "fields"), UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_files_that_are_no_roster(ctx, course_id, text, fields):
    with pytest.raises(Invalid) as refusal:
        roster.import_csv(ctx, None, course_id, text)
    assert [fault.field for fault in refusal.value.faults] == fields


def test_lms_names_come_along(ctx, course_id):
    source = lms_sources.add(ctx, course_id, "moodle")
    text = "username,name,lms_id\nada,Ada,u1\nbob,Bob,\n"
    roster.import_csv(ctx, None, course_id, text, "moodle")
    roster.import_csv(ctx, None, course_id, text, "moodle")
    with ctx.store.read() as session:
        known = lms_sources.identity(session, source.id, "u1")
    assert known.person_id == person(ctx, "ada").id
    assert count(ctx, LmsIdentityRow) == 1

    taken = "username,name,lms_id\nbob,Bob,u1\neve,Eve,u2\nmal,Mal,u2\n"
    with pytest.raises(Invalid) as refusal:
        roster.import_csv(ctx, None, course_id, taken, "moodle")
    assert [fault.field for fault in refusal.value.faults] == ["line 2, lms_id", "line 4, lms_id"]
    with pytest.raises(NotFound):
        roster.import_csv(ctx, None, course_id, text, "canvas")


def test_only_instructors_import(ctx, classroom):
    for actor in (classroom.grader_id, classroom.student_id, classroom.outsider_id):
        with pytest.raises(NotEnrolled):
            roster.import_csv(ctx, actor, classroom.course_id, GOOD)
    assert roster.import_csv(ctx, classroom.instructor_id, classroom.course_id, GOOD)
    with pytest.raises(NotFound):
        roster.import_csv(ctx, None, "nope", GOOD)


def test_a_password_is_never_touched(ctx, course_id):
    people.create(ctx, "ada", "Ada", password="correct horse")
    with ctx.store.read() as session:
        before = session.scalars(select(PersonRow.password_hash)).one()
    roster.import_csv(ctx, None, course_id, "username,name\nada,Ada L\n")
    with ctx.store.read() as session:
        assert session.scalars(select(PersonRow.password_hash)).one() == before
