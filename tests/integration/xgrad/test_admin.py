"""A real beginning, on a production site, by the command line alone."""

import csv
import io
import re
from pathlib import Path
from typing import Any

from sqlalchemy import select

from grader.services import passwords
from grader.store.models import PersonRow
from grader.store.session import Store

ROSTER = "username,name,role,lms_id\nada,Ada Byron,student,l-1\nbo,Bo Li,student,l-2\n"


CLASS = "username,name\nada,Ada Byron\nbo,Bo Li\n"


def ok(done: Any) -> str:
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return str(done.stdout)


def test_from_nothing_to_a_published_assignment(site: Any, tmp_path: Path) -> None:
    made = ok(site("admin", "create", "rosa", "--name", "Rosa Petrova", "--admin"))
    assert re.search(r"Password \(shown once\): \S{12,}", made)
    ok(site("admin", "course", "dl", "Deep learning"))
    source = ok(site("admin", "lms-source", "dl", "moodle"))
    assert "https://grade.example.org/lms/hooks/moodle" in source
    assert "whsec_" in source
    (tmp_path / "roster.csv").write_text(ROSTER)
    report = ok(site("admin", "roster", "dl", "roster.csv", "--lms-source", "moodle"))
    assert "Made 2" in report
    assert "left 2" in ok(
        site("admin", "roster", "dl", "-", "--lms-source", "moodle", stdin=ROSTER)
    )
    ok(site("admin", "enrol", "dl", "rosa", "--role", "instructor"))
    ok(site("admin", "password", "ada", "--password-stdin", stdin="correct horse battery\n"))
    published = site(
        "admin", "publish", "dl", "autograd/paper-1", "--due", "2027-03-01T23:59+01:00",
        "--attempts", "3", "--late-per-day", "0.1", "--grace", "15",
    )  # fmt: skip
    assert "https://grade.example.org" in ok(published)
    assert "whsec_" in ok(site("admin", "endpoint", "dl", "https://lms.example.org/hook"))
    token = ok(site("admin", "token", "ada", "--name", "laptop"))
    found = re.search(r"Token (\S+) \(shown once\): xg_\S+", token)
    assert found
    assert "Revoked" in ok(site("admin", "revoke", found[1]))


def test_a_new_version_keeps_the_rules_that_are_not_given_anew(site: Any) -> None:
    ok(site("admin", "course", "dl", "Deep learning"))
    paper = ("admin", "publish", "dl", "autograd/paper-1")
    due = ("--due", "2027-03-01T23:59+01:00", "--closes", "2027-03-08T23:59+01:00")
    rest = ("--attempts", "3", "--cooldown", "60", "--counts", "last")
    ok(site(*paper, *due, *rest, "--late-per-day", "0.1", "--grace", "15"))
    whole = (
        "Rules: due 2027-03-01T23:59+01:00, closes 2027-03-08T23:59+01:00, attempts 3, "
        "cooldown 60, counts last, late per day 0.1, grace 15."
    )
    assert whole in ok(site(*paper))
    assert whole.replace("attempts 3", "attempts 5") in ok(site(*paper, "--attempts", "5"))
    free = ok(site(*paper, "--late-per-day", "0", "--cooldown", "0"))
    assert "attempts 5, counts last, grace 15." in free
    crossed = site(*paper, "--due", "2027-04-01T00:00+00:00")
    assert "the order opens, due, closes" in crossed.stderr
    assert "attempts 5, counts last, grace 15." in ok(site(*paper))
    assert "Rules: attempts 2, counts best." in ok(site(*paper, "--only", "--attempts", "2"))


def test_what_does_not_fit_is_said_with_its_remedy(site: Any, tmp_path: Path) -> None:
    ok(site("admin", "course", "dl", "Deep learning"))
    cases = {
        ("course", "dl", "Again"): "dl",
        ("enrol", "nope", "ada"): "There is no course 'nope'. Courses: dl.",
        ("token", "nobody"): "There is no person 'nobody'",
        ("publish", "dl", "autograd/papr-1"): "Did you mean autograd/paper-1?",
        (
            "publish", "dl", "autograd/paper-1", "--due", "tomorrow",
        ): "such as 2027-03-01T23:59+01:00",
        (
            "publish", "dl", "autograd/paper-1",
            "--due", "2027-03-01T00:00+00:00", "--closes", "2027-02-01T00:00+00:00",
        ): "the order opens, due, closes",
        ("endpoint", "dl", "ftp://x"): "http",
        ("revoke", "01900000-0000-7000-8000-000000000000"): "",
    }  # fmt: skip
    for arguments, says in cases.items():
        done = site("admin", *arguments)
        assert done.returncode in {2, 3}, (arguments, done.stdout)
        assert says in done.stderr, done.stderr
        assert "Traceback" not in done.stderr
        assert "nobody foresaw" not in done.stderr


def test_a_roster_with_passwords_lets_a_whole_class_sign_in(site: Any, tmp_path: Path) -> None:
    ok(site("admin", "course", "dl", "Deep learning"))
    assert "2 people of dl have no password yet" in ok(
        site("admin", "roster", "dl", "-", stdin=CLASS)
    )
    ok(site("admin", "password", "ada", "--password-stdin", stdin="correct horse battery\n"))
    again = ("admin", "roster", "dl", "-", "--passwords", "sheet.csv")
    assert "Drew 1 passwords into sheet.csv" in ok(site(*again, stdin=CLASS))
    sheet = tmp_path / "sheet.csv"
    assert sheet.stat().st_mode & 0o777 == 0o600
    (row,) = csv.DictReader(io.StringIO(sheet.read_text()))
    assert (row["username"], row["name"]) == ("bo", "Bo Li")
    store = Store(f"sqlite:///{tmp_path / 'xgrad.db'}")
    with store.read() as session:
        hashes = {one.username: one.password_hash for one in session.scalars(select(PersonRow))}
    store.close()
    assert passwords.matches(row["password"], hashes["bo"])
    assert passwords.matches("correct horse battery", hashes["ada"])

    taken = site(*again, stdin=CLASS)
    assert taken.returncode == 2
    assert "sheet.csv is there already" in taken.stderr
    assert row["password"] in sheet.read_text()
    quiet = ok(site("admin", "roster", "dl", "-", stdin=CLASS))
    assert "password" not in quiet


def test_a_sheet_of_passwords_is_gone_when_the_roster_is_refused(site: Any, tmp_path: Path) -> None:
    ok(site("admin", "course", "dl", "Deep learning"))
    bad = "username,name\n,Nameless\n"
    done = site("admin", "roster", "dl", "-", "--passwords", "sheet.csv", stdin=bad)
    assert done.returncode == 3
    assert not (tmp_path / "sheet.csv").exists()


def test_a_roster_with_faults_lists_them_all_and_changes_nothing(site: Any) -> None:
    ok(site("admin", "course", "dl", "Deep learning"))
    bad = "username,name,role\nada,Ada,student\n,No Name,student\nbo,Bo,king\n"
    done = site("admin", "roster", "dl", "-", stdin=bad)
    assert done.returncode == 3
    assert "line 3" in done.stderr
    assert "line 4" in done.stderr
    assert "There is no person 'ada'" in site("admin", "token", "ada").stderr


def test_a_database_that_was_not_migrated_is_said(xgrad: Any, empty_database_url: str) -> None:
    done = xgrad(
        "admin", "course", "dl", "Deep learning",
        XGRAD_MODE="test", DATABASE_URL=empty_database_url,
    )  # fmt: skip
    assert done.returncode == 3
    assert re.match(r"xgrad: The database cannot be used: .*courses", done.stderr)
    assert "migrate it first: python -m grader.store.migrate" in done.stderr
    assert len(done.stderr.splitlines()) == 1, "neither SQL nor a traceback"
