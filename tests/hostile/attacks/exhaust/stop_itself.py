"""Stop itself by a signal.

outcome: ran
stopped by: processes, seccomp
differs without: processes, seccomp
limits: wall_s=1
"""

import os
import signal

signal.raise_signal(signal.SIGSTOP)
x = None
