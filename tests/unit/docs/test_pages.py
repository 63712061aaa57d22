"""What the pages claim can be followed: links, make targets, commands, the README's example."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
TARGET = re.compile(r"^make ([a-z][a-z-]*)\b", re.M)
COMMAND = re.compile(r"xgrad ((?:admin )?[a-z][a-z-]+)")


def _code(text: str) -> str:
    """Only what stands in code: prose may speak of what one can make."""
    blocks = re.findall(r"^```(?:sh|bash|)\n(.*?)^```", text, re.S | re.M)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    gone = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]
    assert gone == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_exists(page: Path) -> None:
    known = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.M))
    assert set(TARGET.findall(_code(page.read_text()))) <= known


def test_every_command_of_the_readme_exists() -> None:
    named = set(COMMAND.findall(_code((ROOT / "README.md").read_text())))
    assert {"grade", "check", "doctor", "admin create"} <= named
    for command in sorted(named):
        asked = [sys.executable, "-m", "xgrad", *command.split(), "--help"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=ROOT)
        assert done.returncode == 0, f"xgrad {command}: {done.stderr}"


def test_the_readme_quotes_what_the_grader_says() -> None:
    readme = (ROOT / "README.md").read_text()
    quoted = re.search(r"^> (.+)$", readme, re.M)
    example = re.search(r"--answer (q1)='([^']+)'", readme)
    assert quoted is not None
    assert example is not None
    asked = [sys.executable, "-m", "xgrad", "grade", "autograd/paper-1", "--json"]
    asked += ["--answer", f"{example[1]}={example[2]}"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT)
    assert quoted[1] in done.stdout
