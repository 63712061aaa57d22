"""Which ids a fork server that an ordinary user started has in its namespace.

Its own is 0 there. Where the system grants ids besides, programs that are set-user-id root map
them, and they must be started from outside: by a helper that was forked before the namespace.
"""

import os

from workers.zygote import syscalls as sc


def _called(command: list[str], pid: int) -> bool:
    """Whether the program did it; its name is followed by the process, then the ids."""
    whole = [command[0], str(pid), *command[1:]]
    return os.waitpid(os.posix_spawn(command[0], whole, {}), 0)[1] == 0


def _help(go: int, commands: list[list[str]], pid: int) -> None:
    """The helper's whole life; its status counts the commands done. None follows one that failed.

    It ends without a word where the fork server did.
    """
    done = 0
    try:
        if os.read(go, 1):
            while done < len(commands) and _called(commands[done], pid):
                done += 1
    finally:
        os._exit(done)


def enter(flags: int, commands: list[list[str]]) -> bool:
    """Leave for a user namespace, and others by `flags`; whether it has the ids granted besides.

    `commands` map the groups, then the users. Where they are none or fail, our own id is mapped
    alone, as it can be without anybody's help. Raises OSError.
    """
    user, group = os.getuid(), os.getgid()
    done = _with_help(flags, commands)
    if done == 0:
        _write("setgroups", "deny")
        _write("gid_map", f"0 {group} 1")
    else:
        os.setgroups([])
    if done < 2:
        _write("uid_map", f"0 {user} 1")
    return done == 2


def _with_help(flags: int, commands: list[list[str]]) -> int:
    """Unshare, and have the commands run on us; how many were."""
    if not commands:
        sc.unshare(sc.CLONE_NEWUSER | flags)
        return 0
    wait, go = os.pipe2(os.O_CLOEXEC)
    us = os.getpid()
    helper = os.fork()
    if helper == 0:
        os.close(go)
        _help(wait, commands, us)
    os.close(wait)
    try:
        sc.unshare(sc.CLONE_NEWUSER | flags)
        os.write(go, b"g")
    finally:
        os.close(go)
        status = os.waitpid(helper, 0)[1]
    return os.waitstatus_to_exitcode(status)


def _write(name: str, text: str) -> None:
    with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123
        file.write(text)
