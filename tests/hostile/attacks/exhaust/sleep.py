"""Sleep for ever.

outcome: timed_out
stopped by: outside
refused: wall
limits: wall_s=1
"""

import time

time.sleep(10**6)
