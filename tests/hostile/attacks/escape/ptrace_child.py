"""Trace a process of its own, to rewrite its system calls.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
wins without: seccomp
limits: processes=2
"""

import os
import time

from tool import call

call("prctl", 4, 1, 0, 0, 0)  # let itself be inspected
pid = os.fork()
if pid == 0:
    time.sleep(5)
    os._exit(0)
won, why = call("ptrace", 0x4206, pid, 0, 0)
