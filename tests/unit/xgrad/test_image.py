"""deploy/Dockerfile, by reading: what is copied, who runs it, and that what compose runs is there.

Nothing here builds it: that takes Docker, and the tests need none.
"""

import importlib.util
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from xgrad import services

ROOT = Path(__file__).parents[3]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def instructions(name: str) -> list[str]:
    """What follows each instruction of that name, lines joined."""
    joined = DOCKERFILE.replace("\\\n", " ")
    return re.findall(rf"^{name} (.*)$", joined, re.MULTILINE)


def copies() -> dict[str, str]:
    """Each file or folder that is copied, and where to."""
    parts = [one.split() for one in instructions("COPY")]
    return {source: to for *sources, to in parts for source in sources}


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_every_package_is_copied_under_its_own_name() -> None:
    packages = {
        one.rstrip("*") for one in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]
    }
    folders = {one for one in copies() if one.endswith("/")}
    assert folders == {f"{package}/" for package in packages}
    for source, to in copies().items():
        assert (ROOT / source).exists(), source
        assert to == (source if source.endswith("/") else "./")


def test_what_installing_reads_is_copied_before_it_runs() -> None:
    project = PROJECT["project"]
    needed = {"pyproject.toml", project["readme"], *project["license-files"]}
    assert needed < set(copies())
    steps = ("COPY requirements.lock", "--requirement", "COPY xgrad/", "--editable .")
    places = [DOCKERFILE.index(step) for step in steps]
    assert places == sorted(places)


def test_nothing_that_is_copied_is_ignored_and_no_secret_is_copied() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert ".env" in ignored
    assert not {one.rstrip("/") for one in copies()} & set(ignored)
    assert "." not in copies()


def test_nobody_runs_it_and_the_worker_is_in_the_group_that_keeps_files(compose: Any) -> None:
    assert instructions("USER") == ["nobody:xgrad"]
    runs = " ".join(instructions("RUN"))
    for part in ("groupadd --system xgrad", "chown nobody:xgrad var", "chmod 2775 var"):
        assert part in runs
    others = {name for name, one in compose["services"].items() if one.get("user") == "root"}
    assert others == {"worker"}
    assert compose["services"]["worker"]["group_add"] == ["xgrad"]
    home = instructions("WORKDIR")[0]
    environment = compose["services"]["web"]["environment"]
    assert environment["XGRAD_ARTEFACTS_URL"].startswith(f"file://{home}/var/")
    assert environment["XGRAD_CACHE_DIR"].startswith(f"{home}/var/")
    assert compose["services"]["web"]["volumes"] == [f"artefacts:{home}/var"]


@pytest.mark.parametrize("service", [services.MIGRATE, *services.LASTING], ids=lambda one: one.name)
def test_each_command_is_a_module_that_the_lock_file_or_a_package_brings(
    service: services.Service,
) -> None:
    assert service.command[:2] == ("python", "-m")
    module = service.command[2]
    assert importlib.util.find_spec(module) is not None
    brought = {line.split("==")[0] for line in (ROOT / "requirements.lock").read_text().split()}
    assert module.split(".")[0] in brought | {one.rstrip("/") for one in copies()}


def test_its_python_is_one_that_the_project_takes() -> None:
    found = re.match(r"python:(\d+)\.(\d+)-slim-bookworm$", instructions("FROM")[0])
    assert found
    assert (int(found[1]), int(found[2])) >= (3, 11)
    assert PROJECT["project"]["requires-python"] == ">=3.11"
