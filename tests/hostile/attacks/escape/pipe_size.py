"""Grow the pipe to the grader, to hold kernel memory that no limit counts.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

import errno
import fcntl

try:
    fcntl.fcntl(4, 1031, 1 << 20)
    won = True
except OSError as fault:
    won, why = False, errno.errorcode[fault.errno]
