"""Small means that many attacks share; shipped beside each of them."""

import ctypes
import errno
import os

from numbers_of_calls import NUMBERS

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
kept = []


def word(fault):
    """The name of an error of the system."""
    return errno.errorcode.get(fault.errno, str(fault))


def call(which, *arguments):
    """Whether a system call, by name or number, succeeded, and the name of its error."""
    number = NUMBERS[which] if isinstance(which, str) else which
    values = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *values)
    if which in ("clone", "clone3", "fork", "vfork") and result == 0:
        os._exit(0)
    if result >= 0:
        return True, ""
    return False, errno.errorcode.get(ctypes.get_errno(), "unknown")


def cloned(flags):
    """Whether the C library's `clone` made something of these flags that sleeps, and why not."""
    stack = ctypes.create_string_buffer(1 << 16)
    top = (ctypes.addressof(stack) + len(stack)) & ~15
    sleep = ctypes.cast(libc.usleep, ctypes.c_void_p)
    ctypes.set_errno(0)
    result = libc.clone(sleep, ctypes.c_void_p(top), flags, ctypes.c_void_p(300_000))
    kept.append(stack)  # it is in use
    return result > 0, errno.errorcode.get(ctypes.get_errno(), "unknown")


def attempt(act):
    """Whether `act()` did what it says, and the name of the error that it raised."""
    try:
        return act() is not False, ""
    except OSError as fault:
        return False, word(fault)


def changed(path, act):
    """Whether a file holds something else behind `act()`, and the name of the error it raised."""
    before = open(path).read()  # noqa: PTH123, SIM115
    _, why = attempt(act)
    return open(path).read() != before, why  # noqa: PTH123


def opened(path, mode):
    """Whether a file could be opened, and why not."""
    return attempt(lambda: open(path, mode).close())  # noqa: PTH123


def read(path, text):
    """Whether a file could be read and holds `text`, and why not."""
    return attempt(lambda: text in open(path, errors="replace").read())  # noqa: PTH123


def listed(path):
    """Whether a folder could be listed, and why not."""
    return attempt(lambda: os.listdir(path))  # noqa: PTH208


def exec_of(paths, arguments):
    """Whether one of these programs could be executed, in a process of its own."""
    why = "no such program"
    for path in paths:
        pid = os.fork()
        if pid == 0:
            try:
                os.execv(path, [path, *arguments])
            except OSError as fault:
                os._exit(fault.errno)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if status == 0:
            return True, ""
        why = errno.errorcode.get(status, str(status))
    return False, why
