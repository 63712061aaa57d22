"""Send a report a byte at a time, to keep the listener busy.

outcome: timed_out
stopped by: outside
refused: wall
limits: wall_s=1
"""

import os

os.write(4, b"XGT\0\0\0\0\1")
while True:
    os.write(4, b" ")
