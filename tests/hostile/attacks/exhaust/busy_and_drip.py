"""Burn processor time, and say a word so often that nobody finds time to look at the clock.

outcome: timed_out
stopped by: outside
refused: cpu
limits: wall_s=20 cpu_s=1
says: processor time
"""

import os
import time

end = time.process_time() + 2.2
while time.process_time() < end:
    os.write(1, b".")
    pause = time.perf_counter() + 0.005
    while time.perf_counter() < pause:
        pass
