"""Close the grader's channel and go on in the dark.

outcome: forbidden
stopped by: outside
refused: closed
limits: wall_s=5
"""

import os
import time

os.closerange(3, 64)
time.sleep(30)
