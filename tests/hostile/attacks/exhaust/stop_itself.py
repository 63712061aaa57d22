"""Stop itself by a signal.

outcome: ran|timed_out|crashed
stopped by: outside
limits: wall_s=1
"""

import os
import signal

signal.raise_signal(signal.SIGSTOP)
x = None
