"""Kill every process it can.

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
won, why = call("kill", -1, 9)
os.waitpid(pid, os.WNOHANG)
