"""End a process of its own by signal, as a first step to another's.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
limits: processes=2
"""

import os
import time

from tool import call

pid = os.fork()
if pid == 0:
    time.sleep(20)
    os._exit(0)
won, why = call("kill", pid, 9)
