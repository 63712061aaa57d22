"""Rewrite the report on its way out.

outcome: ran|crashed|forbidden|timed_out|output_limit
stopped by: principle
limits: wall_s=2
"""

import os

write = os.write
os.write = lambda fd, data: write(fd, bytes(data).replace(b"error", b"score"))
