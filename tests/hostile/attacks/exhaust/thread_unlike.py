"""Ask for a thread that shares nothing, and so would be a process.

outcome: ran
stopped by: seccomp
refused: EAGAIN
differs without: seccomp
"""

from tool import call

CLONE_THREAD = 0x10000
won, why = call("clone", CLONE_THREAD, 0, 0, 0, 0)
