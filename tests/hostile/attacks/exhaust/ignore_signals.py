"""Ignore every signal and loop.

outcome: timed_out
stopped by: outside
refused: wall
limits: wall_s=1
"""

import signal

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    pass
