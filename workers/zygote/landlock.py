"""Landlock: a second say on files, made once, applied by every child in one call.

A rule on a folder covers what is mounted below it, but not the folder that a mount hides. So the
student's box is mounted at /home/student and the rule stands on /home.
"""

import contextlib
import ctypes
import os
import struct
from collections.abc import Iterable

from workers.zygote import syscalls

READ = (1 << 2) | (1 << 3)  # files, folders
_MAKE = (1 << 7) | (1 << 8) | (1 << 12)  # folders, files, symbolic links
WRITE = READ | (1 << 1) | (1 << 4) | (1 << 5) | _MAKE | (1 << 13) | (1 << 14)
DEVICE = (1 << 1) | (1 << 2)


def abi() -> int:
    """The kernel's Landlock version; 0 when it has none."""
    try:
        return syscalls.syscall("landlock_create", None, 0, 1)
    except OSError:
        return 0


def _handled(version: int) -> int:
    rights = (1 << 13) - 1
    for since, bit in ((2, 13), (3, 14), (5, 15)):
        if version >= since:
            rights |= 1 << bit
    return rights


def create(rules: Iterable[tuple[str, int]]) -> int | None:
    """A ruleset's descriptor from (path, rights); None where the kernel has no Landlock.

    Every right on files that this kernel knows is denied unless a rule gives it; so are TCP, and
    signals and abstract sockets out of the domain, by version.
    """
    version = abi()
    if version == 0:
        return None
    handled = _handled(version)
    fields = [handled]
    if version >= 4:
        fields.append(3)
    if version >= 6:
        fields.append(3)
    attributes = struct.pack(f"<{len(fields)}Q", *fields)
    ruleset = syscalls.syscall("landlock_create", attributes, len(attributes), 0)
    os.set_inheritable(ruleset, False)
    for path, rights in rules:
        with contextlib.suppress(FileNotFoundError):
            _add(ruleset, path, rights & handled)
    return ruleset


def _add(ruleset: int, path: str, rights: int) -> None:
    target = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not os.path.isdir(path):  # noqa: PTH112
            rights &= (1 << 1) | (1 << 2) | (1 << 14)
        packed = ctypes.create_string_buffer(struct.pack("<Qi", rights, target), 12)
        result = syscalls.LIBC.syscall(
            ctypes.c_long(syscalls.number("landlock_add")), ruleset, 1, packed, 0
        )
        syscalls.check(result, f"landlock rule on {path}")
    finally:
        os.close(target)


def restrict(ruleset: int) -> None:
    """Apply to this process, for good. `no_new_privs` must stand. Raises OSError."""
    syscalls.syscall("landlock_restrict", ruleset, 0)
