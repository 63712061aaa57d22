"""What an ordinary user's worker does, told as JSON: attest, run honest code, be attacked."""

import json
import os
from pathlib import Path

from rubrics.job import Job, Limits
from workers.sandbox import Sandbox, SandboxConfig


def outcome(box: Sandbox, script: str, **limits: float) -> str:
    files = {"a.py": script.encode()}
    run = box.run(Job(files=files, entry="a.py", collect=(), limits=Limits(**limits)))
    return run.ended.value if run.ended else "ran"


def replacing(box: Sandbox) -> str:
    """What becomes of a script that replaces a file of the assignment's own."""
    files = {"a.py": b"import os\nos.replace('a.py', 'own')", "own": b"1"}
    run = box.run(Job(files=files, entry="a.py", collect=(), given=("own",)))
    return run.ended.value if run.ended else "ran"


def ids(pid: int) -> list[set[str]]:
    """Of users, groups and further groups, as the machine knows them outside."""
    rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    return [set(row.split()[1:]) for row in rows if row.split(":")[0] in ("Uid", "Gid", "Groups")]


def children(box: Sandbox) -> list[list[list[str]]]:
    box._pool.wait_ready(30)
    return [[sorted(one) for one in ids(placed.child.pid)] for placed in box._pool._waiting]


def main() -> None:
    box = Sandbox(SandboxConfig(slots=2, preload=()))
    attested = box.start()
    filling = "kept = []\nwhile True: kept.append(bytearray(b'x' * 1000000))"
    try:
        told = {
            "uid": os.getuid(),
            "layers": attested.layers,
            "children": children(box),
            "honest": outcome(box, "print(sum(range(10)))"),
            "endless": outcome(box, "while True: pass", wall_s=0.5),
            "filling": outcome(box, filling, memory_mb=64),
            "at once": outcome(box, "bytearray(10**10)", memory_mb=64),
            "socket": outcome(box, "import socket\nsocket.socket()"),
            "program": outcome(box, "import os\nos.execv('/bin/sh', ['sh'])"),
            "ptrace": outcome(box, "import ctypes\nctypes.CDLL(None).ptrace(0, 0, 0, 0)"),
            "forks": outcome(box, "import os\nfor _ in range(9): os.fork()", processes=4),
            "replacing": replacing(box),
            "passwd": outcome(box, "open('/etc/passwd')"),
        }
    finally:
        box.close()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
