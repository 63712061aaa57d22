"""The sandbox as the rest of the service sees it: start, run, check, close."""

import re
import resource
import threading

from rubrics.job import MB, Job, Run
from rubrics.outcome import Outcome
from workers.sandbox import canaries, cgroups, launch
from workers.sandbox.config import (
    Attestation,
    SandboxBroken,
    SandboxConfig,
    SandboxRefused,
    missing,
)
from workers.sandbox.pool import Pool
from workers.sandbox.server import Server
from workers.sandbox.servers import Kind, Servers

FILES = 1 << 16
PAGE = 4096  # what the box gives a file of one byte
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}")
_NAME = re.compile(r"[^\W\d]\w{0,99}(\.[^\W\d]\w{0,99}){0,9}")


class Sandbox:
    """Runs students' code; thread-safe. Never raises for what a student's code does."""

    def __init__(self, config: SandboxConfig | None = None) -> None:
        self.config = config or SandboxConfig()
        self._slots = threading.BoundedSemaphore(self.config.slots)
        self._stood: frozenset[str] = frozenset()
        self._servers: Servers | None = None

    def start(self) -> Attestation:
        """Start the first fork server, prove the layers and try the canaries.

        Raises SandboxRefused with a reason and a remedy when less stands than is required.
        """
        _allow_files()
        self._servers = Servers(self.config, self._make)
        try:
            attestation = self._servers.first.start()
            self._stood = frozenset(attestation.layers)
            self.canaries()
        except BaseException:
            self.close()
            raise
        return attestation

    def _make(self, kind: Kind, place: int) -> Server:
        def order(groups: cgroups.Groups) -> launch.Order:
            return self._order(groups, kind)

        return Server(self.config, place, order, self._lacking)

    def _order(self, groups: cgroups.Groups, kind: Kind) -> launch.Order:
        modules = self.config.preload if kind.preload == "torch" else kind.modules
        return launch.student_order(modules, groups.joins, kind.packages)

    def _lacking(self, layers: tuple[str, ...]) -> tuple[str, ...]:
        """Required layers that a child has not; what the first one had, all later ones must have.

        Else a worker that lost one would go on, and grades would tell of layers of another day.
        """
        stand = frozenset(layers)
        return (*missing(stand, self.config.required), *sorted(self._stood - stand))

    @property
    def _pool(self) -> Pool:
        """Of the first fork server, for those who measure it."""
        if self._servers is None or self._servers.first.pool is None:
            raise SandboxBroken("the sandbox is not started")
        return self._servers.first.pool

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
        if self._servers is None:
            raise SandboxBroken("the sandbox is not started")
        with self._slots, self._servers.use(Kind.of(job)) as server:
            return server.run(job)

    def close(self) -> None:
        """End the fork servers and all children, and remove their groups."""
        servers, self._servers = self._servers, None
        if servers is not None:
            servers.close()


def _allow_files() -> None:
    """As many open files as we are granted: 64 slots take 1,500, and a shell's limit is 1,024."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


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
