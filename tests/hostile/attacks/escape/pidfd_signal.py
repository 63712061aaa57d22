"""Signal a process by descriptor.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
limits: processes=2
"""

import os
import signal
import time

from tool import attempt

pid = os.fork()
if pid == 0:
    time.sleep(20)
    os._exit(0)
won, why = attempt(lambda: signal.pidfd_send_signal(os.pidfd_open(pid), 9))
