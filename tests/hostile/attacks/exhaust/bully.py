"""Keep every processor busy with as many processes as it may have.

outcome: timed_out
stopped by: outside, cgroup
refused: cpu | wall
limits: wall_s=2 cpu_s=2 processes=16 threads=1
"""

import os

try:
    while os.fork():
        pass
except OSError:
    pass
while True:
    pass
