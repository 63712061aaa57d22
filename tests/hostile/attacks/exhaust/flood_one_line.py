"""Print without end and without a newline.

outcome: output_limit
stopped by: outside
refused: output
limits: wall_s=3
"""

import sys

while True:
    sys.stdout.write("x" * 100_000)
