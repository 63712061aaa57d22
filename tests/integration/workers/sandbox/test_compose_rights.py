"""The rights that docker-compose.yml gives the worker are enough for every layer of the sandbox."""

import json
import os
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[4]
GROUP = "47001"


def doctor(rights: list[str]) -> dict[str, bool]:
    """Which layers stand with these rights alone; an ordinary user who runs the tests has none."""
    kept = ",".join(["-all", *(f"+{one.lower()}" for one in rights)])
    become = ["setpriv", "--groups", GROUP, "--bounding-set", kept] if os.getuid() == 0 else []
    done = subprocess.run(
        [*become, sys.executable, "-m", "xgrad", "doctor", "--json"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    report = json.loads(done.stdout)
    return {one["name"]: one["ok"] for one in report["layers"]} | {"": done.returncode == 0}


def test_with_the_rights_of_compose_the_worker_takes_work() -> None:
    worker = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["worker"]
    assert worker["cap_drop"] == ["ALL"]
    layers = doctor(worker["cap_add"])
    assert layers[""], [name for name, ok in layers.items() if not ok]
    assert layers["canaries"]
