"""The jail stands for an ordinary user too, where the machine allows user namespaces."""

import json
import os
import subprocess
import sys
from pathlib import Path

from workers.sandbox import config

HERE = Path(__file__).parent


def test_an_ordinary_user_gets_the_floor_and_the_same_outcomes():
    script = [sys.executable, "-B", str(HERE / "user_script.py")]
    become = [sys.executable, str(HERE / "as_user.py")] if os.getuid() == 0 else []
    done = subprocess.run(
        [*become, *script], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told.pop("uid") != 0
    assert config.missing(frozenset(told.pop("layers")), "floor") == ()
    told.pop("cgroup")
    assert told.pop("passwd") in ("forbidden", "crashed")
    assert told.pop("forks") != "ran"
    assert told == {
        "honest": "ran",
        "endless": "timed_out",
        "filling": "out_of_memory",
        "at once": "out_of_memory",
        "socket": "forbidden",
        "program": "forbidden",
        "ptrace": "forbidden",
    }
