"""Flood the error stream.

outcome: output_limit
stopped by: outside
refused: output
limits: wall_s=3
"""

import os

while True:
    os.write(2, b"x" * 65536)
