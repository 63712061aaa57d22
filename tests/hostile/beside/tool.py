"""Small means that many attacks share; shipped beside each of them."""

import ctypes
import errno
import os

libc = ctypes.CDLL(None, use_errno=True)
FORKS = (56, 57, 58)


def call(number, *arguments):
    """Whether a system call succeeded, and the name of its error."""
    values = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    result = libc.syscall(ctypes.c_long(number), *values)
    if number in FORKS and result == 0:
        os._exit(0)
    if result >= 0:
        return True, ""
    return False, errno.errorcode.get(ctypes.get_errno(), "unknown")


def opened(path, mode):
    """Whether a file could be opened, and why not."""
    try:
        open(path, mode).close()  # noqa: PTH123
    except OSError as fault:
        return False, errno.errorcode[fault.errno]
    return True, ""


def listed(path):
    """Whether a folder could be listed, and why not."""
    try:
        os.listdir(path)  # noqa: PTH208
    except OSError as fault:
        return False, errno.errorcode[fault.errno]
    return True, ""


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
