"""One fork server with its waiting children: replaced when it breaks, renewed now and then."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace

from rubrics.grade import SandboxUse
from rubrics.job import MB, Job, Limits, Run
from workers.sandbox import cgroups, ending, ids, launch
from workers.sandbox.config import (
    Attestation,
    SandboxBroken,
    SandboxConfig,
    SandboxRefused,
    missing,
)
from workers.sandbox.group import Group
from workers.sandbox.pool import Placed, Pool
from workers.sandbox.watch import Watch, Watched

PAGE = 4096
MakeOrder = Callable[[cgroups.Groups], launch.Order]
Lacking = Callable[[tuple[str, ...]], tuple[str, ...]]


def _given(job: Job) -> launch.Given:
    return tuple((name, job.files[name]) for name in dict.fromkeys(job.given) if name in job.files)


def _size_mb(job: Job) -> int:
    """What its given files take in a waiting child, at most."""
    return -(-sum(len(data) + PAGE for _, data in _given(job)) // MB)


class Server:
    """Runs jobs of one kind; thread-safe. Starts by itself with its first run.

    `place` counts the servers of a sandbox: each has groups and user ids of its own. `lacking`
    names the required layers that are not among a child's.
    """

    def __init__(
        self, config: SandboxConfig, place: int, order: MakeOrder, lacking: Lacking
    ) -> None:
        self.config = config
        self._order, self._lacking = order, lacking
        self._places = config.slots + config.ready + 1
        self._uid_base = ids.FIRST + place * 2 * self._places
        self._half = 0
        self._lock = threading.Lock()
        self._recycling = threading.Lock()
        self._groups: cgroups.Groups | None = None
        self.pool: Pool | None = None
        self._closed = False

    def start(self) -> Attestation:
        """Start the fork server and look at the layers of a child of it. Raises SandboxRefused."""
        try:
            with self._lock:
                self.pool = pool = self._fresh()
            placed = pool.take(Limits())
        except SandboxBroken as fault:
            raise SandboxRefused(f"No child could be jailed: {fault}.", launch.REMEDY) from fault
        layers = placed.child.layers
        placed.child.kill()
        pool.give(placed)
        lacking = self._lacking(layers)
        if lacking:
            reason = f"The jail lacks: {', '.join(lacking)}."
            raise SandboxRefused(reason, launch.REMEDY, lacking)
        version = self._groups.version if self._groups else "none"
        lost = missing(frozenset(layers), "full")
        return Attestation(layers, version, pool.zygote.landlock, lost)

    def _fresh(self) -> Pool:
        if self._groups is None:
            self._groups = cgroups.make(2 * self._places)
        order = replace(self._order(self._groups), uid_base=self._uid_base)
        zygote = launch.Zygote(order)
        first = self._half * self._places
        slots = range(first, first + self._places)
        return Pool(zygote, slots, self.config.ready, self._empty)

    def run(self, job: Job) -> Run:
        """Run one job to its end. Raises SandboxBroken when our own parts failed twice."""
        try:
            return self._run(job, self._current())
        except SandboxBroken:
            return self._run(job, self._replace())

    def _current(self) -> Pool:
        pool = self.pool
        if pool is None or pool.broken:
            return self._replace()
        if pool.served >= self.config.recycle_after and self._recycling.acquire(blocking=False):
            threading.Thread(target=self._recycle, args=(pool,), name="sandbox-recycle").start()
        return pool

    def _recycle(self, old: Pool) -> None:
        """A new fork server now and then: all children of one share its address layout."""
        try:
            with self._lock:
                if self.pool is not old or self._closed:
                    return
                self._renew()
            old.retire()
        except (SandboxRefused, SandboxBroken):
            return  # the old one goes on; the next run tries again
        finally:
            self._recycling.release()

    def _renew(self) -> None:
        """While one pool ends, the next lives in the other half of the slots.

        One that is replaced because it broke leaves its own half: the other's may still be at work.
        """
        self._half = 1 - self._half
        try:
            self.pool = self._fresh()
        except BaseException:
            self._half = 1 - self._half
            raise

    def _replace(self) -> Pool:
        """A fresh fork server in place of a broken one; one caller makes it, the others wait."""
        with self._lock:
            if self._closed:
                raise SandboxBroken("the sandbox is closed")
            pool = self.pool
            if pool is not None and not pool.broken:
                return pool
            if pool is not None:
                pool.close()
            try:
                self.pool = pool = self._fresh()
            except SandboxRefused as fault:
                raise SandboxBroken(str(fault)) from fault
            return pool

    def _run(self, job: Job, pool: Pool) -> Run:
        placed = pool.take(job.limits, _given(job))
        try:
            watch, seen = self._watched(placed, job)
        except BaseException:
            placed.child.kill()
            pool.give(placed)
            raise
        death = self._death(pool, placed, watch, seen)
        use = SandboxUse(
            layers=placed.child.layers,
            wall_ms=round(seen.wall_ms, 3),
            cpu_ms=round(seen.cpu_ms, 3),
            peak_mb=round(seen.peak_mb, 3),
        )
        return ending.conclude(seen, death, job, use)

    def _watched(self, placed: Placed, job: Job) -> tuple[Watch, Watched]:
        if self._lacking(placed.child.layers):
            raise SandboxBroken("a child stood with fewer layers than required")
        group = self._group(placed.slot)
        try:
            if group is not None:
                group.arm(job.limits.memory_mb, job.limits.tasks, _size_mb(job))
            watch = Watch(placed.child, job, group)
            return watch, watch.until_end()
        except OSError as fault:
            raise SandboxBroken(f"a run could not be watched: {fault}") from fault

    def _group(self, slot: int) -> Group | None:
        groups = self._groups
        return groups.slots[slot] if groups is not None and groups.slots else None

    def _empty(self, slot: int) -> None:
        group = self._group(slot)
        if group is not None:
            with contextlib.suppress(OSError):
                group.empty()

    def _death(
        self, pool: Pool, placed: Placed, watch: Watch, seen: Watched
    ) -> ending.Death | None:
        """How it ended, asked only when there is no whole report: burying takes milliseconds."""
        whole = seen.stop == "reported" and not watch.incomplete
        if whole and not seen.gone:
            pool.give(placed)
            return None
        killed, group = False, self._group(placed.slot)
        if group is not None:
            with contextlib.suppress(OSError):
                killed = group.out_of_memory()
        told = pool.bury(placed)
        watch.account(told["cpu_s"], told["peak_mb"])
        if whole or seen.stop not in ("ended", "reported"):
            return None
        return ending.Death(told["signal"], told["status"], killed)

    def close(self) -> None:
        """End the fork server and all children, and remove their groups."""
        with self._lock:
            self._closed = True
            pool, self.pool = self.pool, None
            groups, self._groups = self._groups, None
        if pool is not None:
            pool.close()
        if groups is not None:
            groups.remove()
