"""The system calls that Python's standard library does not offer, through libc."""

import ctypes
import os
import platform
import struct

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_NOSYMFOLLOW, MS_BIND, MS_REC, MS_PRIVATE = 256, 4096, 16384, 1 << 18
MNT_DETACH = 2
AT_FDCWD, AT_RECURSIVE = -100, 0x8000

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
CLONE_NEWCGROUP = 0x2000000

CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SYS_PTRACE, CAP_SETFCAP = 5, 6, 7, 19, 31

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38

_NUMBERS = {
    "x86_64": {"clone": 56, "pivot_root": 155, "seccomp": 317, "capset": 126, "prctl": 157},
    "aarch64": {"clone": 220, "pivot_root": 41, "seccomp": 277, "capset": 91, "prctl": 167},
}
_SAME = {
    "landlock_create": 444, "landlock_add": 445, "landlock_restrict": 446,
    "close_range": 436, "mount_setattr": 442,
}  # fmt: skip

LIBC = ctypes.CDLL(None, use_errno=True)
HELD = ctypes.PyDLL(None, use_errno=True)  # keeps the GIL: needed around a raw clone


class UnsupportedMachine(RuntimeError):
    """The processor is one whose system call numbers we do not carry."""


def number(name: str) -> int:
    """The number of a system call on this machine. Raises UnsupportedMachine."""
    if name in _SAME:
        return _SAME[name]
    table = _NUMBERS.get(platform.machine())
    if table is None:
        raise UnsupportedMachine(f"no sandbox for processors of type {platform.machine()}")
    return table[name]


def check(result: int, what: str) -> int:
    """The result, or OSError with errno and a word on what was tried."""
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def syscall(name: str, *arguments: int | bytes | None) -> int:
    """Call by name; integers are passed as C longs. Raises OSError."""
    values = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    return check(LIBC.syscall(ctypes.c_long(number(name)), *values), name)


def mount(source: str, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    """mount(2). Raises OSError naming the target."""
    result = LIBC.mount(
        source.encode(),
        target.encode(),
        kind.encode() if kind else None,
        ctypes.c_ulong(flags),
        data.encode() if data else None,
    )
    check(result, f"mount {target}")


def restrict_mounts(target: str, flags: int) -> None:
    """Set flags of a mount and of all below it, which remount does not. Raises OSError.

    Read-only, nosuid, nodev and noexec have the values of their MS_ names. Since Linux 5.12.
    """
    attributes = struct.pack("=4Q", flags, 0, 0, 0)
    syscall("mount_setattr", AT_FDCWD, target.encode(), AT_RECURSIVE, attributes, len(attributes))


def unmount(target: str) -> None:
    """Detach a mount. Raises OSError."""
    check(LIBC.umount2(target.encode(), MNT_DETACH), f"umount {target}")


def advise(address: int, length: int, advice: int) -> None:
    """madvise(2). Raises OSError."""
    result = LIBC.madvise(ctypes.c_void_p(address), ctypes.c_size_t(length), advice)
    check(result, "madvise")


def unshare(flags: int) -> None:
    """Leave the named namespaces. Raises OSError."""
    check(LIBC.unshare(flags), "unshare")


def prctl(option: int, value: int = 0) -> int:
    """prctl with one argument. Raises OSError."""
    return syscall("prctl", option, value, 0, 0, 0)


def clone(flags: int) -> int:
    """A raw fork into new namespaces, with Python told before and after; 0 in the child.

    libc's own fork handlers do not run: the caller must have exactly one thread.
    """
    HELD.PyOS_BeforeFork()
    pid: int = HELD.syscall(ctypes.c_long(number("clone")), ctypes.c_long(flags | 17), 0, 0, 0, 0)
    code = ctypes.get_errno()
    if pid == 0:
        HELD.PyOS_AfterFork_Child()
        return 0
    HELD.PyOS_AfterFork_Parent()
    if pid < 0:
        raise OSError(code, f"clone: {os.strerror(code)}")
    return pid


def keep_capabilities(*kept: int) -> None:
    """Empty the inheritable set, and the permitted and effective ones but for `kept`, for good.

    Raises OSError.
    """
    low, high = (sum(1 << one % 32 for one in kept if one // 32 == half) for half in (0, 1))
    syscall(
        "capset", struct.pack("=Ii", 0x20080522, 0), struct.pack("=6I", low, low, 0, high, high, 0)
    )
