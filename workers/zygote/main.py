"""The fork server's life: be set up by its first message, then spawn and reap when told to.

Started as `python -I -c …` with an empty environment; talks on one inherited socket; ends when the
other end closes, and its children with it.
"""

import gc
import importlib
import json
import os
import socket
import sys
import traceback
from collections.abc import Callable
from importlib.machinery import PathFinder
from typing import Any

from workers.zygote import attest, hooks, ids, jail, landlock, pages, root, seccomp, spawn
from workers.zygote import syscalls as sc

MESSAGE = 1 << 18


def _one_thread(proc: int) -> None:
    tasks = os.open("self/task", os.O_RDONLY | os.O_DIRECTORY, dir_fd=proc)
    try:
        names = os.listdir(tasks)  # noqa: PTH208 - by descriptor: there is no /proc to name
    finally:
        os.close(tasks)
    if len(names) != 1:
        raise spawn.SpawnFailed(f"the fork server has {len(names)} threads; one is safe to fork")


def _preload(names: list[str]) -> None:
    import tempfile  # here, because it registers a hook, see `hooks`

    with tempfile.TemporaryDirectory() as folder:  # matplotlib keeps its list of fonts somewhere
        os.environ.update(MPLBACKEND="agg", MPLCONFIGDIR=folder)
        for name in names:
            importlib.import_module(name)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(1)
        from workers.zygote import warmup

        warmup.torch_first_uses()
    tempfile.tempdir = None  # both remember our /tmp, where no child may write


def _namespaces(without: frozenset[str], commands: list[list[str]]) -> bool:
    """Whether children can have ids of their own outside: root's can, and others' where granted."""
    flags = sc.CLONE_NEWNS | sc.CLONE_NEWIPC | sc.CLONE_NEWUTS
    flags |= 0 if "network" in without else sc.CLONE_NEWNET
    if os.getuid() == 0:
        os.setgroups([])
        sc.unshare(flags)
        granted = True
    else:
        granted = ids.enter(flags, commands)
    socket.sethostname("sandbox")
    return granted


def _clean_paths(keep: list[str]) -> None:
    """Only what the jail shows can be imported: no editable install, no folder of the service."""
    sys.path[:] = keep
    finders = [one for one in sys.meta_path if "editable" not in getattr(one, "__module__", "")]
    sys.meta_path[:] = finders
    sys.path_importer_cache.clear()
    PathFinder.find_spec("nothing")  # lists the folders now: Landlock will not let a child do it
    sys.argv[:] = sys.orig_argv[:] = [""]


def _lower_ourselves() -> None:
    """Keep what making, looking at and ending children takes; give the rest away.

    An ordinary user's ids are root's in its own namespace, and to map those takes CAP_SETFCAP.
    """
    sc.prctl(sc.PR_SET_NO_NEW_PRIVS, 1)
    mapping = (sc.CAP_SETGID, sc.CAP_SETUID, sc.CAP_SETFCAP)
    sc.keep_capabilities(sc.CAP_KILL, sc.CAP_SYS_PTRACE, *mapping)


def _forget_ourselves() -> None:
    """A student's `import rubrics` must not find what the harness happens to use."""
    for name in [one for one in sys.modules if one.split(".")[0] in ("workers", "rubrics")]:
        del sys.modules[name]


def _rules(order: dict[str, Any]) -> list[tuple[str, int]]:
    rules = [(path, landlock.READ) for path in (*order["binds"], *order["entries"])]
    rules += [(path, landlock.DEVICE) for path in root.DEVICES]
    return [*rules, ("/home", landlock.WRITE)]


def _address_space(proc: int) -> int:
    file = os.open("self/statm", os.O_RDONLY, dir_fd=proc)
    try:
        return int(os.read(file, 256).split()[0]) * os.sysconf("SC_PAGE_SIZE")
    finally:
        os.close(file)


def prepare(order: dict[str, Any]) -> spawn.Nursery:
    """Import, lock ourselves in, and make what all children share. Raises OSError, ImportError."""
    user, without = os.getuid(), frozenset(order["without"])
    os.umask(0o022)  # else no child could enter the folders of its root
    own = os.open("/proc", os.O_PATH | os.O_CLOEXEC)
    before = {name: attest.namespace("self", name, own) for name in attest.NAMESPACES}
    filters = ((forks, seccomp.compile_filter(forks)) for forks in (False, True))
    programs = {forks: seccomp.prepare(one) for forks, one in filters}
    _preload(order["preload"])
    serve, rehearse = _function(order["serve"]), _function(order["rehearse"])
    rehearse()
    groups = {
        int(slot): [os.open(path, os.O_WRONLY | os.O_CLOEXEC) for path in paths]
        for slot, paths in order["groups"].items()
    }
    granted = _namespaces(without, order["ids"])
    _root(order, without)
    _lower_ourselves()
    if not order["long_lived"]:
        _forget_ourselves()
    if "environment" not in without:
        jail.environment()
    ruleset = None if "landlock" in without else landlock.create(_rules(order))
    gc.collect()
    gc.freeze()
    gc.disable()
    pages.collapse(own)
    prepared = jail.Prepared(
        ruleset, programs, _address_space(own), order["long_lived"], bool(groups), without
    )
    uid_base = order["uid_base"] if granted else None
    flags = spawn.FLAGS & ~(sc.CLONE_NEWPID if "processes" in without else 0)
    return spawn.Nursery(prepared, own, before, user, uid_base, flags, serve, rehearse, groups)


def _function(name: list[str]) -> Callable[[], None]:
    found: Callable[[], None] = getattr(importlib.import_module(name[0]), name[1])
    return found


def _root(order: dict[str, Any], without: frozenset[str]) -> None:
    if "root" in without:
        root.leave_open()
        return
    names = ("binds", "hidden", "entries", "covered")
    root.build(root.View(**{name: tuple(order[name]) for name in names}))
    _clean_paths(order["path"])


def _reap(pid: int) -> dict[str, Any]:
    _, status, usage = os.wait4(pid, 0)
    return {
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "status": os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0,
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "minor_faults": usage.ru_minflt,
        "peak_mb": usage.ru_maxrss / 1024,
    }


def _answer(
    nursery: spawn.Nursery, order: dict[str, Any], sources: list[int]
) -> tuple[dict[str, Any], list[int]]:
    if order["do"] == "reap":
        return _reap(order["pid"]), []
    _one_thread(nursery.proc)
    given = jail.Given(tuple(map(tuple, order["given"])), *sources)
    born = spawn.spawn(nursery, spawn.Birth(order["slot"], jail.Walls(**order["walls"]), given))
    told = {"pid": born.pid, "layers": born.layers}
    return told, [born.pidfd, born.job, born.result, born.output]


def _loop(nursery: spawn.Nursery, wire: socket.socket) -> None:
    while True:
        message, sources, _, _ = socket.recv_fds(wire, MESSAGE, 1)
        if not message:
            return
        try:
            told, files = _answer(nursery, json.loads(message), sources)
        except (spawn.SpawnFailed, OSError) as fault:
            told, files = {"fault": str(fault)[:2000]}, []
        socket.send_fds(wire, [json.dumps(told).encode()], files)
        for file in (*files, *sources):
            os.close(file)


def main(descriptor: int) -> None:
    """Serve on the inherited socket until it closes."""
    wire = socket.socket(fileno=descriptor)
    wire.set_inheritable(False)
    os.environ.update(
        {f"{name}_NUM_THREADS": "1" for name in ("OMP", "MKL", "OPENBLAS", "NUMEXPR")}
    )
    try:
        with hooks.kept() as kept:
            nursery = prepare(json.loads(wire.recv(MESSAGE)))
        nursery.at_fork = kept
        told: dict[str, Any] = {"ready": True, "landlock": landlock.abi()}
    except BaseException as fault:
        detail = "".join(traceback.format_exception_only(fault)).strip()
        wire.send(json.dumps({"fault": detail[:4000]}).encode())
        raise
    wire.send(json.dumps(told).encode())
    _loop(nursery, wire)
    os._exit(0)
