"""Make one child: clone, identity maps, cgroup, layers, attestation. Both sides of the fork."""

import json
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from workers.zygote import attest, hooks, jail
from workers.zygote import syscalls as sc

FLAGS = sc.CLONE_NEWUSER | sc.CLONE_NEWPID | sc.CLONE_NEWNS | sc.CLONE_NEWIPC | sc.CLONE_NEWUTS
ATTESTED = 1 << 12


class SpawnFailed(RuntimeError):
    """A child could not be jailed; says which layer and why."""


@dataclass
class Nursery:
    """What the fork server holds while it makes children."""

    prepared: jail.Prepared
    proc: int
    own: dict[str, str]
    user: int
    uid_base: int | None
    flags: int
    serve: Callable[[], None]
    rehearse: Callable[[], None]
    groups: dict[int, list[int]] = field(default_factory=dict)
    at_fork: list[hooks.Hook] = field(default_factory=list)


@dataclass(frozen=True)
class Born:
    """A jailed, attested child that waits for its job, and our ends of its pipes."""

    pid: int
    pidfd: int
    job: int
    result: int
    output: int
    layers: tuple[str, ...]


def _write(proc: int, name: str, text: str) -> None:
    file = os.open(name, os.O_WRONLY, dir_fd=proc)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)


def _map(nursery: Nursery, pid: int, slot: int) -> None:
    """Inside id 1000 is the slot's own id outside, or ours where we have no other."""
    user = os.getuid() if nursery.uid_base is None else nursery.uid_base + slot
    group = os.getgid() if nursery.uid_base is None else nursery.uid_base + slot
    _write(nursery.proc, f"{pid}/setgroups", "deny")
    _write(nursery.proc, f"{pid}/uid_map", f"{jail.INSIDE_ID} {user} 1")
    _write(nursery.proc, f"{pid}/gid_map", f"{jail.INSIDE_ID} {group} 1")


@dataclass(frozen=True)
class Birth:
    """What one child is born with."""

    slot: int
    walls: jail.Walls
    given: jail.Given


def _child(nursery: Nursery, birth: Birth, ends: tuple[int, int], keep: list[int]) -> None:
    """The child's whole life; its descriptors are `keep`, then the one to tell its parent by.

    Those after it are closed when the layers stand. Its copy of the parent's end is closed first:
    else it would never learn that the parent died.
    """
    try:
        os.close(ends[0])
        if os.read(ends[1], 1) != b"g":
            os._exit(70)
        ruleset = [] if nursery.prepared.ruleset is None else [nursery.prepared.ruleset]
        source = [birth.given.source] if birth.given.files else []
        jail.descriptors([*keep, ends[1], *ruleset, *source])
        _put_on(nursery, birth, len(keep))
        nursery.serve()
    finally:  # whatever happens: above lies the loop of the fork server, which is not ours to run
        os._exit(72)


def _put_on(nursery: Nursery, birth: Birth, told: int) -> None:
    """Every layer; the parent is told by the descriptor `told` which hold, or what failed."""
    ruleset = None if nursery.prepared.ruleset is None else told + 1
    given = replace(birth.given, source=told + 1 + (ruleset is not None))
    try:
        jail.enter(birth.walls, nursery.prepared, ruleset, given)
        hooks.give(nursery.at_fork)
        nursery.rehearse()
        names = [name for name, _ in given.files]
        os.write(told, json.dumps({"held": attest.inside(told, names)}).encode())
        os.close(told)
    except BaseException as fault:
        os.write(told, json.dumps({"fault": str(fault)[:500]}).encode())
        os._exit(71)


def _await(sync: socket.socket) -> list[str]:
    answer = sync.recv(ATTESTED)
    if not answer:
        raise SpawnFailed("the child ended while it was being jailed")
    told = json.loads(answer)
    if "fault" in told:
        raise SpawnFailed(told["fault"])
    return [str(one) for one in told["held"]]


def spawn(nursery: Nursery, birth: Birth) -> Born:
    """One child in a slot. Raises SpawnFailed or OSError; nothing is left behind then."""
    slot = birth.slot
    job, result, output = os.pipe2(os.O_CLOEXEC), os.pipe2(os.O_CLOEXEC), os.pipe2(os.O_CLOEXEC)
    # Opened for this child alone: the flags of one that all share would carry word between them.
    null = os.open("/dev/null", os.O_RDWR | os.O_CLOEXEC)
    ours, theirs = socket.socketpair()
    ours.settimeout(10)
    # Nobody reads what a long-lived child prints: it would stop for good at a full pipe.
    printed = null if nursery.prepared.long_lived else output[1]
    mine, keep = [job[1], result[0], output[0]], [null, printed, printed, job[0], result[1]]
    pid = sc.clone(nursery.flags)
    if pid == 0:
        _child(nursery, birth, (ours.fileno(), theirs.fileno()), keep)
    pidfd = os.pidfd_open(pid)
    try:
        _map(nursery, pid, slot)
        for file in nursery.groups.get(slot, []):
            os.pwrite(file, str(pid).encode(), 0)
        namespaces = attest.apart(pid, nursery.proc, nursery.own)
        ours.send(b"g")
        theirs.close()
        ids = (nursery.user, nursery.uid_base)
        held = namespaces + _await(ours) + attest.outside(pid, slot, nursery.proc, ids)
    except (OSError, SpawnFailed, ValueError, KeyError) as fault:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        for file in (pidfd, *mine):
            os.close(file)
        raise SpawnFailed(str(fault)) from fault
    finally:
        ours.close()
        theirs.close()
        for file in (null, job[0], result[1], output[1]):
            os.close(file)
    return Born(pid, pidfd, mine[0], mine[1], mine[2], tuple(sorted(set(held))))
