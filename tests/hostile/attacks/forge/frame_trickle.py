"""Send one byte of a frame at a time, for ever.

outcome: timed_out
stopped by: outside
refused: wall
limits: wall_s=1
"""

import time

from wire import send

send(b"XGT\0\0\0\x10\0")
while True:
    send(b"x")
    time.sleep(0.01)
