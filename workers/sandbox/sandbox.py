"""The sandbox as the rest of the service sees it: start, run, check, close."""

import contextlib
import re
import threading

from rubrics.grade import SandboxUse
from rubrics.job import MB, Job, Run
from rubrics.outcome import Outcome
from workers.sandbox import canaries, cgroups, ending, launch
from workers.sandbox.config import (
    Attestation,
    SandboxBroken,
    SandboxConfig,
    SandboxRefused,
    missing,
)
from workers.sandbox.pool import Placed, Pool
from workers.sandbox.watch import Watch, Watched

PAGE = 4096  # what the box gives a file of one byte
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}")
_NAME = re.compile(r"[^\W\d]\w{0,99}(\.[^\W\d]\w{0,99}){0,9}")


class Sandbox:
    """Runs students' code; thread-safe. Never raises for what a student's code does."""

    def __init__(self, config: SandboxConfig | None = None) -> None:
        self.config = config or SandboxConfig()
        self._slots = threading.BoundedSemaphore(self.config.slots)
        self._lock = threading.Lock()
        self._groups: cgroups.Groups | None = None
        self._pool: Pool | None = None
        self._places = self.config.slots + self.config.ready + 1
        self._half = 1
        self._recycling = threading.Lock()

    def start(self) -> Attestation:
        """Start the fork server, prove the layers and try the canaries.

        Raises SandboxRefused with a reason and a remedy when less stands than is required.
        """
        self._groups = cgroups.make(2 * self._places)
        try:
            self._pool = self._fresh()
            attestation = self._attest(self._pool)
            self.canaries()
        except BaseException:
            self.close()
            raise
        return attestation

    def _fresh(self) -> Pool:
        if self._groups is None:
            raise SandboxBroken("the sandbox is not started")
        zygote = launch.Zygote(self._order(self._groups))
        self._half = 1 - self._half  # while one pool ends, the next lives in other slots
        first = self._half * self._places
        return Pool(zygote, range(first, first + self._places), self.config.ready)

    def _order(self, groups: cgroups.Groups) -> launch.Order:
        return launch.student_order(self.config.preload, groups.joins)

    def _lacking(self, layers: tuple[str, ...]) -> tuple[str, ...]:
        return missing(frozenset(layers), self.config.required)

    def _attest(self, pool: Pool) -> Attestation:
        try:
            placed = pool.take(Job(files={}, entry="", collect=()).limits)
        except SandboxBroken as fault:
            raise SandboxRefused(f"No child could be jailed: {fault}.", launch.REMEDY) from fault
        layers = placed.child.layers
        placed.child.kill()
        pool.give(placed)
        lacking = self._lacking(layers)
        if lacking:
            raise SandboxRefused(f"The jail lacks: {', '.join(lacking)}.", launch.REMEDY)
        version = self._groups.version if self._groups else "none"
        return Attestation(layers, version, pool.zygote.landlock)

    def canaries(self) -> None:
        """Attack the sandbox with our own scripts, in a real child.

        Raises SandboxRefused when one succeeds: take no work until an operator has looked.
        """
        try:
            alive = canaries.sing(self.run)
        except SandboxBroken as fault:
            raise SandboxRefused(f"The canaries could not run: {fault}.", launch.REMEDY) from fault
        if alive:
            what = "; ".join(alive)
            raise SandboxRefused(f"Code in the sandbox does too much: {what}.", launch.REMEDY)

    def run(self, job: Job) -> Run:
        """Run one job to its end. Raises SandboxBroken when our own parts failed twice."""
        refused = _unfit(job)
        if refused is not None:
            return refused
        with self._slots:
            try:
                return self._run(job, self._current())
            except SandboxBroken:
                return self._run(job, self._replace())

    def _current(self) -> Pool:
        pool = self._pool
        if pool is None:
            raise SandboxBroken("the sandbox is not started")
        if pool.broken:
            return self._replace()
        if pool.served >= self.config.recycle_after and self._recycling.acquire(blocking=False):
            threading.Thread(target=self._recycle, args=(pool,), name="sandbox-recycle").start()
        return pool

    def _recycle(self, old: Pool) -> None:
        """A new fork server now and then: all children of one share its address layout."""
        try:
            with self._lock:
                if self._pool is not old:
                    return
                self._pool = self._fresh()
            old.retire()
        except (SandboxRefused, SandboxBroken):
            return  # the old one goes on; the next run tries again
        finally:
            self._recycling.release()

    def _replace(self) -> Pool:
        """A fresh fork server in place of a broken one; one caller makes it, the others wait."""
        with self._lock:
            pool = self._pool
            if pool is not None and not pool.broken:
                return pool
            if pool is not None:
                pool.close()
            try:
                self._pool = self._fresh()
            except SandboxRefused as fault:
                raise SandboxBroken(str(fault)) from fault
            return self._pool

    def _run(self, job: Job, pool: Pool) -> Run:
        placed = pool.take(job.limits)
        if self._lacking(placed.child.layers):
            placed.child.kill()
            pool.give(placed)
            raise SandboxBroken("a child stood with fewer layers than required")
        group = self._groups.slots[placed.slot] if self._groups and self._groups.slots else None
        if group is not None:
            group.arm(job.limits.memory_mb, job.limits.processes + 1)
        watch = Watch(placed.child, job, group)
        seen = watch.until_end()
        death = self._death(pool, placed, watch, seen)
        use = SandboxUse(
            layers=placed.child.layers,
            wall_ms=round(seen.wall_ms, 3),
            cpu_ms=round(seen.cpu_ms, 3),
            peak_mb=round(seen.peak_mb, 3),
        )
        return ending.conclude(seen, death, job, use)

    def _death(
        self, pool: Pool, placed: Placed, watch: Watch, seen: Watched
    ) -> ending.Death | None:
        """How it ended, asked only when there is no whole report: burying takes milliseconds."""
        whole = seen.stop == "reported" and not watch.incomplete
        if whole and not seen.gone:
            pool.give(placed)
            return None
        killed = False
        if self._groups and self._groups.slots:
            with contextlib.suppress(OSError):
                killed = self._groups.slots[placed.slot].out_of_memory()
        told = pool.bury(placed)
        watch.account(told["cpu_s"])
        if whole or seen.stop not in ("ended", "reported"):
            return None
        return ending.Death(told["signal"], told["status"], killed)

    def close(self) -> None:
        """End the fork server and all children, and remove their groups."""
        with self._lock:
            pool, self._pool = self._pool, None
            groups, self._groups = self._groups, None
        if pool is not None:
            pool.close()
        if groups is not None:
            groups.remove()


def _unfit(job: Job) -> Run | None:
    """A job whose files cannot be put into the box ends before anything runs."""
    bad = next((name for name in job.files if not _FILE_NAME.fullmatch(name)), None)
    size = sum(-(-len(data) // PAGE) * PAGE for data in job.files.values())
    why = ""
    if bad is not None:
        why = f"The file name {bad[:60]!r} is not allowed: use letters, digits, _ . and - only."
    elif job.entry not in job.files:
        why = f"The file {job.entry[:60]!r} is not among those handed in."
    elif size > job.limits.box_mb * MB - 65536 * 2 or len(job.files) > job.limits.box_files - 4:
        why = f"The files are larger than the {job.limits.box_mb} MB there is room for."
    elif any(not _NAME.fullmatch(name) for name in job.collect):
        raise ValueError("a collected name is not dotted identifiers")
    return Run(ended=Outcome.MALFORMED, explanation=why) if why else None
