"""The command: lists, applies, takes back, and says what is in the way."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from grader.bootstrap import Context
from grader.services import intake, publish
from grader.services.regrades import finish
from grader.store.queries import submissions
from rubrics.answers import RawAnswer
from rubrics.loader import LIBRARY
from workers.engine import Engine
from workers.grading import carry_out
from xgrad.cli import cli
from xgrad.faults import Fault

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PAPER = LIBRARY / "autograd" / "paper-1"
Command = Callable[..., Result]


@pytest.fixture
def command(ctx: Context, classroom: Any, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `xgrad regrade …` on the test's database."""
    settings = ctx.settings
    for name, value in {
        "XGRAD_MODE": "test",
        "XGRAD_SECRET_KEY": settings.secret_key,
        "DATABASE_URL": settings.database_url,
        "XGRAD_ARTEFACTS_URL": settings.artefacts_url,
        "XGRAD_CACHE_DIR": str(settings.cache_dir),
        "BROKER_URL": "redis://127.0.0.1:1/0",
        "COLUMNS": "160",
    }.items():
        monkeypatch.setenv(name, value)
    return lambda *arguments: CliRunner().invoke(cli, ["regrade", *arguments])


@pytest.fixture
def mended(ctx: Context, engine: Engine, classroom: Any, tmp_path: Path) -> str:
    """A graded submission, and a version published since in which question 1 weighs more."""
    answer = {"q1": RawAnswer(kind="tensor", text="[0.9673, 1.6824, 2.0190, 579.9380]")}
    wanted = intake.Intake(classroom.student_id, classroom.assignment_id, answer)
    receipt = intake.submit(ctx, wanted)
    assert carry_out(ctx, engine, receipt.grading_id)
    folder = tmp_path / "autograd" / "paper-1"
    shutil.copytree(PAPER, folder)
    text = (folder / "assignment.yaml").read_text()
    (folder / "assignment.yaml").write_text(text.replace("points: 4", "points: 8", 1))
    publish.publish(ctx, classroom.course_id, folder)
    return receipt.submission_id


def score(ctx: Context, submission_id: str) -> float | None:
    with ctx.store.read() as session:
        grade = submissions.view(session, submission_id).grade
    return None if grade is None else grade.score


def test_list_apply_and_take_back(ctx: Context, command: Command, mended: str) -> None:
    listed = command("autograd/paper-1")
    assert listed.exit_code == 0, listed.output
    assert re.search(r"ada .*4 → 8 / 13", listed.stdout)
    assert "1 grades would change (1 in their score)" in listed.stdout
    assert score(ctx, mended) == 4.0
    told = json.loads(command("autograd/paper-1", "--dry-run", "--json").stdout)
    assert (told["applied"], told["regrade"], told["totals"]["changed"]) == (False, None, 1)
    assert told["grades"][0]["student"] == "ada"
    applied = command("autograd/paper-1", "--course", "dl-2026", "--apply")
    assert score(ctx, mended) == 8.0
    made = re.search(r"--revert (\S+)", applied.stdout)
    assert made
    assert "Restored 1 grades." in command("--revert", made[1]).stdout
    assert score(ctx, mended) == 4.0


def test_one_that_breaks_off_says_how_it_is_taken_back(
    ctx: Context, command: Command, mended: str, classroom: Any, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def stop(*parts: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(finish, "finish", stop)
        stopped = command("autograd/paper-1", "--apply")
    assert stopped.exit_code == 1
    assert score(ctx, mended) == 8.0
    made = re.search(r"--revert (\S+)", stopped.stderr)
    assert made
    file = tmp_path / "autograd" / "paper-1" / "assignment.yaml"
    file.write_text(file.read_text().replace("points: 8", "points: 16", 1))
    publish.publish(ctx, classroom.course_id, file.parent)
    listed = command("autograd/paper-1")
    assert "by an earlier version was never finished" in listed.stderr
    assert f"--revert {made[1]}" in listed.stderr
    assert "Restored 1 grades." in command("--revert", made[1]).stdout
    assert score(ctx, mended) == 4.0
    assert made[1] not in command("autograd/paper-1").stderr


def test_what_is_in_the_way_is_said(command: Command) -> None:
    cases = {
        (): "Name an ASSIGNMENT",
        ("autograd/paper-1", "--revert", "x"): "Name an ASSIGNMENT",
        ("autograd/paper-1", "--dry-run", "--apply"): "writes nothing",
        ("autograd/paper-9",): "There is no assignment 'autograd/paper-9'",
        ("autograd/paper-1", "--course", "ml"): "in the course 'ml'",
        ("--revert", "0193"): "There is no such regrade",
    }
    for arguments, says in cases.items():
        done = command(*arguments)
        said = done.output + str(done.exception)
        assert done.exit_code != 0, arguments
        assert says in said, (arguments, said)
        assert not isinstance(done.exception, Fault)
