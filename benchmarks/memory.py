"""How much memory fork servers and their children take: `python -m benchmarks.memory`.

Prints the table of docs/security.md, in MB, as /proc/<pid>/smaps_rollup counts it: resident pages
of each fork server (most are shared with its children), and what a child has of its own, waiting,
and with the values of the first paper's script still in its hands.
"""

import statistics
import threading
import time
from pathlib import Path

from benchmarks import bare
from rubrics.job import Job, Limits
from workers.sandbox import Sandbox, SandboxConfig
from workers.sandbox.packages import installed
from workers.sandbox.pool import Placed, Pool
from workers.sandbox.servers import Kind

KINDS = (
    Kind("torch"),
    Kind("torch", installed(("matplotlib", "pandas", "scikit-learn"))),
    Kind("sympy"),
    Kind("numpy"),
    Kind("plain"),
)
HELD_S = 2.0
LIMITS = Limits(memory_mb=1024, wall_s=60, cpu_s=60)


def of(pid: int) -> dict[str, float]:
    """MB by the kernel's names (`Rss`, `Private_Dirty`, …)."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {row.split(":")[0]: int(row.split()[1]) / 1024 for row in rows}


def own(pid: int) -> float:
    """MB that this process alone has: they are what it wrote to, or read that nobody else did."""
    found = of(pid)
    return found["Private_Dirty"] + found["Private_Clean"]


def job(kind: Kind, script: str) -> Job:
    """One of this kind."""
    return Job(
        files={"a.py": script.encode()}, entry="a.py", collect=(), limits=LIMITS,
        preload=kind.preload, packages=kind.packages,
    )  # fmt: skip


def waiting(pool: Pool, number: int) -> list[Placed]:
    """The children that wait, once there are as many as should be and they have come to rest."""
    while len(pool._waiting) < number or pool._finished:
        time.sleep(0.01)
    time.sleep(0.2)
    return list(pool._waiting)


def running(box: Sandbox, kind: Kind, pool: Pool) -> float:
    """MB of the child that has executed the script and not ended."""
    script = bare.SCRIPT + f"import time\ntime.sleep({HELD_S})\n"
    before = {one.child.pid for one in waiting(pool, box.config.ready)}
    thread = threading.Thread(target=box.run, args=(job(kind, script),))
    thread.start()
    time.sleep(HELD_S / 2)
    taken = before - {one.child.pid for one in pool._waiting}
    most = max(own(pid) for pid in taken)
    thread.join()
    return most


def row(box: Sandbox, kind: Kind) -> str:
    """One line of the table."""
    assert box._servers is not None
    box.run(job(kind, "pass"))
    with box._servers.use(kind) as server:
        pool = server.pool
        assert pool is not None
        idle = statistics.median(own(one.child.pid) for one in waiting(pool, box.config.ready))
        whole = of(pool.zygote.pid)["Rss"]
        busy = f"{running(box, kind, pool):.1f}" if kind.preload == "torch" else ""
    name = " with ".join([f"`{kind.preload}`", *[", ".join(kind.packages)] * bool(kind.packages)])
    return f"| {name} | {whole:.0f} | {idle:.1f} | {busy} |"


def main() -> None:
    """The table."""
    box = Sandbox(SandboxConfig(slots=2))
    box.start()
    try:
        print("| fork server | resident | each waiting child | running the paper's script |")
        print("|---|---|---|---|")
        for kind in KINDS:
            print(row(box, kind), flush=True)
    finally:
        box.close()


if __name__ == "__main__":
    main()
