"""The jail stands for an ordinary user too, where the machine allows user namespaces."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from workers.sandbox import config, launch

HERE = Path(__file__).parent
OUTCOMES = {
    "honest": "ran",
    "endless": "timed_out",
    "filling": "out_of_memory",
    "at once": "out_of_memory",
    "socket": "forbidden",
    "program": "forbidden",
    "ptrace": "forbidden",
    "replacing": "forbidden",
}
GRANTED, GROUP = 700_000, "47001"


def told(program: list[str], *options: str) -> Any:
    """What a program of ours tells as JSON when an ordinary user starts it."""
    become = [sys.executable, str(HERE / "as_user.py"), *options] if os.getuid() == 0 else []
    done = subprocess.run(
        [*become, sys.executable, "-B", *program],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr[-2000:]
    return json.loads(done.stdout)


def tried(*options: str) -> tuple[frozenset[str], list[list[list[str]]]]:
    """The layers that stood and the children's ids outside; the outcomes are those of root."""
    found = told([str(HERE / "user_script.py")], *options)
    layers = frozenset(found.pop("layers"))
    assert found.pop("uid") != 0
    assert config.missing(layers, "floor") == ()
    assert found.pop("passwd") in ("forbidden", "crashed")
    assert found.pop("forks") != "ran"
    children = found.pop("children")
    assert found == OUTCOMES
    assert children
    return layers, children


def subordinate(*options: str) -> dict[str, Any]:
    rows = told(["-m", "xgrad", "doctor", "--json"], *options)["layers"]
    return {one["name"]: one for one in rows}


def test_an_ordinary_user_gets_the_floor_and_the_same_outcomes():
    layers, children = tried()
    if os.getuid() == 0:  # else the machine may have granted this user some
        assert "slot-uid" not in layers
        assert {user for users, _, _ in children for user in users} == {"65534"}
        assert {group for _, _, groups in children for group in groups} == {GROUP}


def test_with_subordinate_ids_each_slot_has_one_and_no_group_of_the_workers():
    if os.getuid() != 0:
        assert ("slot-uid" in tried()[0]) == (not launch.grant().why)
        return
    if shutil.which("newuidmap") is None:
        pytest.skip("uidmap is not installed: apt-get install uidmap")
    layers, children = tried("--ids")
    assert "slot-uid" in layers
    for users, groups, more in children:
        assert users == groups
        assert [GRANTED <= int(user) < GRANTED + 100 for user in users] == [True]
        assert more == []
    assert len({tuple(users) for users, _, _ in children}) == len(children)


def test_doctor_says_how_an_ordinary_user_is_granted_ids():
    found = subordinate()
    assert found["canaries"]["ok"]
    if os.getuid() == 0:
        assert not found["subordinate ids"]["ok"]
        assert not found["slot-uid"]["ok"]
    if not found["subordinate ids"]["ok"]:
        assert "apt-get install" in found["subordinate ids"]["remedy"] or (
            "usermod --add-subuids" in found["subordinate ids"]["remedy"]
        )


REFUSING = """
import json
from workers.sandbox import Sandbox, SandboxConfig, ids, launch
real = launch.grant()
told = []
for groups in (("/bin/false",), real.groups or ("/bin/true",)):
    launch.grant = lambda: ids.Grant(groups=groups, users=("/bin/false",))
    box = Sandbox(SandboxConfig(slots=1, preload=()))
    told.append(sorted(box.start().layers))
    box.close()
print(json.dumps(told))
"""


def test_where_ids_cannot_be_mapped_after_all_the_shared_one_is_taken():
    if os.getuid() == 0 and shutil.which("newuidmap") is None:
        pytest.skip("uidmap is not installed: apt-get install uidmap")
    for layers in told(["-c", REFUSING], "--ids"):
        assert "slot-uid" not in layers
        assert config.missing(frozenset(layers), "floor") == ()
