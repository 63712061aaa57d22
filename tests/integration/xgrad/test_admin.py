"""A real beginning, on a production site, by the command line alone."""

import csv
import io
import os
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from grader.services import passwords
from grader.store.models import CourseRow, PersonRow
from grader.store.queries import audit
from grader.store.session import Store
from xgrad.cli import cli

ROOT = Path(__file__).parents[3]
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
    assert re.search(r"find it at https://grade\.example\.org/assignments/\S+\n", ok(published))
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


def test_dates_are_taken_and_refused_as_the_documentation_says(site: Any) -> None:
    ok(site("admin", "course", "dl", "Deep learning"))
    page = (ROOT / "docs" / "cli.md").read_text()
    rows = re.findall(r"^\| `(.+)` \| (.+) \|$", page.split("### Dates")[1].split("###")[0], re.M)
    refused = [written for written, meaning in rows if meaning.startswith("refused")]
    assert (len(rows), len(refused)) == (7, 3)
    for written, _ in rows:
        done = site("admin", "publish", "dl", "autograd/paper-1", "--opens", written)
        if written in refused:
            assert f"'{written}' is no date with time and offset" in done.stderr
            assert done.returncode == 2
        else:
            told = re.search(r"Rules: opens (\S+), ", ok(done))
            assert told, done.stdout
            to_the_minute = datetime.fromisoformat(written).replace(second=0)
            assert datetime.fromisoformat(told[1]) == to_the_minute


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
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.removeprefix("sqlite:///")).touch()
    done = xgrad(
        "admin", "course", "dl", "Deep learning",
        XGRAD_MODE="test", DATABASE_URL=empty_database_url,
    )  # fmt: skip
    assert done.returncode == 3
    assert re.match(r"xgrad: The database cannot be used: .*courses", done.stderr)
    assert "migrate it first: python -m grader.store.migrate" in done.stderr
    assert len(done.stderr.splitlines()) == 1, "neither SQL nor a traceback"


def test_a_failed_command_leaves_no_empty_database(xgrad: Any, tmp_path: Path) -> None:
    done = xgrad("admin", "list", "people", XGRAD_MODE="demo")
    assert done.returncode == 3
    assert "There is no database var/xgrad.db" in done.stderr
    assert "admin --folder var/demo" in done.stderr
    assert not (tmp_path / "var").exists()


@pytest.fixture
def said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_template: Path
) -> Callable[..., str]:
    """What a command of a demo site prints; within this process, since each would start anew."""
    shutil.copyfile(sqlite_template, tmp_path / "xgrad.db")
    monkeypatch.setenv("XGRAD_MODE", "demo")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'xgrad.db'}")

    def say(*arguments: str, stdin: str = "") -> str:
        return CliRunner().invoke(cli, arguments, input=stdin, catch_exceptions=False).output

    return say


def test_what_there_is_can_be_listed(said: Callable[..., str]) -> None:
    said("admin", "create", "rosa", "--name", "Rosa Petrova", "--admin")
    said("admin", "course", "dl", "Deep learning")
    said("admin", "roster", "dl", "-", stdin=CLASS)
    said("admin", "enrol", "dl", "bo", "--role", "grader")
    issued = re.search(r"Token (\S+) ", said("admin", "token", "ada", "--name", "laptop"))
    assert issued
    url = "https://lms.example.org/hook"
    said("admin", "endpoint", "dl", url)
    said("admin", "remove-endpoint", "dl", url)
    assert said("admin", "list", "people").splitlines() == [
        "USERNAME\tNAME\tEMAIL\tCOURSES",
        "ada\tAda Byron\t\tdl (student)",
        "bo\tBo Li\t\tdl (grader)",
        "rosa\tRosa Petrova\t\tall (admin)",
    ]
    assert said("admin", "list", "courses").splitlines()[1:] == ["dl\tDeep learning\t2"]
    listed = said("admin", "list", "endpoints").splitlines()
    assert listed[1:] == [f"dl\t{url}\toff: It was removed."]
    listed = said("admin", "list", "tokens").splitlines()
    assert listed[1].startswith(f"{issued[1]}\tada\tlaptop\tread submit\t")
    assert listed[1].endswith("\tactive")
    said("admin", "revoke", issued[1])
    assert said("admin", "list", "tokens").endswith("\trevoked\n")


def test_the_data_of_a_folder_is_administered(
    xgrad: Any, tmp_path: Path, sqlite_template: Path
) -> None:
    demo = tmp_path / "demo"
    demo.mkdir()
    shutil.copyfile(sqlite_template, demo / "xgrad.db")
    ok(xgrad("admin", "--folder", "demo", "course", "dl", "Deep learning"))
    assert "dl\tDeep learning\t0" in ok(xgrad("admin", "--folder", "demo", "list", "courses"))
    assert not (tmp_path / "var").exists()


def test_the_audit_log_names_who_typed_and_what_a_roster_did(
    said: Callable[..., str], tmp_path: Path
) -> None:
    said("admin", "course", "dl", "Deep learning")
    said("admin", "roster", "dl", "-", stdin=CLASS)
    said("admin", "roster", "dl", "-", stdin=CLASS)
    store = Store(f"sqlite:///{tmp_path / 'xgrad.db'}")
    with store.read() as session:
        course = session.scalars(select(CourseRow)).one()
        acts = audit.log(session, course.id)
    store.close()
    user = pwd.getpwuid(os.getuid()).pw_name
    assert {one.actor for one in acts} == {f"{user} (command line)"}
    assert [one.detail for one in acts if one.action == "roster.imported"] == [
        {"people": "0 made, 0 changed, 2 as they were; 0 enrolled"},
        {"people": "2 made, 0 changed, 0 as they were; 2 enrolled"},
    ]


def test_refusals_say_why_and_what_to_do(site: Any) -> None:
    ok(site("admin", "course", "dl", "Deep learning"))
    semicolons = site("admin", "roster", "dl", "-", stdin=CLASS.replace(",", ";"))
    assert "The columns are separated by semicolons. Save it with commas" in semicolons.stderr
    unknown = site("admin", "roster", "dl", "-", "--lms-source", "moodle", stdin=ROSTER)
    assert "no LMS source 'moodle'. Its sources: none yet (xgrad admin lms-source" in unknown.stderr
    private = site("admin", "endpoint", "dl", "http://127.0.0.1:9000/hook")
    assert "sent by https only, and not into private networks" in private.stderr


def test_migrating_says_what_it_did(tmp_path: Path) -> None:
    def migrated() -> str:
        return subprocess.run(
            [sys.executable, "-m", "grader.store.migrate"],
            env={**os.environ, "XGRAD_MODE": "test", "DATABASE_URL": f"sqlite:///{tmp_path}/m.db"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    assert re.fullmatch(r"The database sqlite:///\S+ went from empty to \S+\.\n", migrated())
    assert re.fullmatch(r"The database sqlite:///\S+ is at \S+ already\.\n", migrated())
