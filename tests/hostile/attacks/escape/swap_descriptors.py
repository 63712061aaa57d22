"""Put the output pipe where the report goes.

outcome: forbidden|crashed
stopped by: outside
"""

import os

os.dup2(1, 4)
