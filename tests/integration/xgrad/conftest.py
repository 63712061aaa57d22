"""The real command, with its settings in a folder of the test's own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Xgrad = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def xgrad(tmp_path: Path) -> Xgrad:
    """Runs `xgrad …` there; `stdin` is what it may read."""

    def run(*arguments: str, stdin: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "xgrad", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
            cwd=tmp_path,
            env={**os.environ, "COLUMNS": "160", **more},
            check=False,
        )

    return run


@pytest.fixture
def site(xgrad: Xgrad, tmp_path: Path, sqlite_template: Path) -> Xgrad:
    """As `xgrad`, with a migrated database of a production site."""
    shutil.copyfile(sqlite_template, tmp_path / "xgrad.db")
    settings = {
        "XGRAD_MODE": "production",
        "XGRAD_SECRET_KEY": "kept-by-these-tests-Zq8vTn3xLr6wYb1mKd5p",
        "XGRAD_BASE_URL": "https://grade.example.org",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'xgrad.db'}",
        "XGRAD_ARTEFACTS_URL": f"file://{tmp_path / 'artefacts'}",
        "XGRAD_CACHE_DIR": str(tmp_path / "cache"),
    }

    def run(*arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        return xgrad(*arguments, stdin=stdin, **settings)

    return run
