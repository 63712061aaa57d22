"""Have the C library start a program in a process that borrows its memory.

outcome: ran
stopped by: seccomp
refused: EAGAIN
differs without: seccomp
"""

import os

from tool import attempt

won, why = attempt(lambda: os.posix_spawn("/bin/true", ["true"], {}))
