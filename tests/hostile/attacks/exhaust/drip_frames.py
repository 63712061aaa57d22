"""Send a report a byte at a time, to keep the listener busy.

outcome: timed_out|forbidden
stopped by: outside
limits: wall_s=2 cpu_s=2
"""

import os

from wire import frame

data = frame(b"J", b" " * 1_000_000)
for place in range(len(data)):
    os.write(4, data[place : place + 1])
