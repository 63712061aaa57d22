"""The command line: help, words instead of tracebacks, exit codes, and its page of the docs."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from xgrad.cli import COMMANDS, cli

ROOT = Path(__file__).parents[3]
XGRAD = (sys.executable, "-m", "xgrad")


def run(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run the real command with a clean environment."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", **more}
    return subprocess.run(
        [*XGRAD, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        check=False,
    )


def every_command() -> Iterator[tuple[str, ...]]:
    """Each command's path: `grade`, `admin create`, …"""
    root = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(root, name)
        yield (name,)
        if isinstance(command, click.Group):
            yield from ((name, sub) for sub in command.list_commands(root))


def help_of(path: tuple[str, ...]) -> str:
    shown = CliRunner().invoke(
        cli, [*path, "--help"], prog_name="xgrad", terminal_width=88, max_content_width=88
    )
    assert shown.exit_code == 0, shown.output
    return shown.output.rstrip()


@pytest.mark.parametrize("path", list(every_command()), ids=" ".join)
def test_the_docs_show_each_commands_help_as_it_is(path: tuple[str, ...]) -> None:
    page = (ROOT / "docs" / "cli.md").read_text()
    assert f"```text\n{help_of(path)}\n```" in page, f"docs/cli.md: {' '.join(path)} changed"


def test_the_docs_name_no_command_that_is_gone() -> None:
    page = (ROOT / "docs" / "cli.md").read_text()
    shown = set(re.findall(r"^Usage: xgrad ([a-z -]+?) (?:\[|[A-Z])", page, re.MULTILINE))
    assert shown <= {" ".join(path) for path in every_command()}


def test_help_is_instant_and_imports_neither_torch_nor_the_service() -> None:
    script = (
        "import sys; from xgrad.cli import cli; cli.main(['--help'], standalone_mode=False);"
        "sys.exit(bool({'torch', 'sqlalchemy', 'celery', 'flask'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["grade", "nowhere"], 3, "There is no assignment 'nowhere'"),
        (["grade", "autograd/papr-1"], 3, "Did you mean autograd/paper-1?"),
        (["grade", "autograd/paper-1"], 2, "There is nothing to grade"),
        (["grade", "autograd/paper-1", "-a", "q9=1"], 2, "has no question 'q9'. It has q1, q2a"),
        (["grade", "autograd/paper-1", "-a", "q1=[1, zwei]"], 3, "q1: "),
        (["grade", "autograd/paper-1", "/no/such.py"], 3, "/no/such.py: No such file"),
        (["grade", "autograd/paper-1", "notes.txt"], 2, "Which question does notes.txt answer?"),
        (["grade", "autograd/paper-1", "-a", "q1=[1]", "-a", "q1=[2]"], 2, "answered twice"),
        (["check", "nowhere"], 3, "There is no assignment"),
        (["admin", "course", "dl", "Deep learning"], 3, "XGRAD_SECRET_KEY"),
        (["run", "--port", "http"], 2, "not a valid integer"),
        (["graed"], 2, "No such command"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_said_in_a_sentence(arguments: list[str], code: int, says: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_what_nobody_foresaw_names_itself_and_shows_where_only_when_asked(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "assignment.yaml").mkdir()
    quiet = run("grade", str(broken), "-a", "q1=1")
    assert quiet.returncode in {1, 3}
    assert "Traceback" not in quiet.stderr


def test_an_assignment_with_faults_lists_each_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "course" / "bad one"
    folder.mkdir(parents=True)
    (folder / "assignment.yaml").write_text("key: course/bad\ntitle: ''\nquestions: []\n")
    done = run("check", str(folder))
    assert done.returncode == 1
    assert re.search(r"^assignment\.yaml:2: title", done.stdout, re.MULTILINE)
    assert re.search(r"^assignment\.yaml:3: questions", done.stdout, re.MULTILINE)
