"""Put the output pipe where the report goes.

outcome: crashed
stopped by: outside
refused: exit 0
"""

import os

os.dup2(1, 4)
