"""Be woken to death.

outcome: timed_out
stopped by: outside
refused: wall
limits: wall_s=1
"""

import signal

signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
while True:
    pass
