"""Fork, and let both report.

outcome: forbidden
stopped by: protocol
refused: trailing_frame
limits: processes=2
"""

import os
import time

if os.fork():
    time.sleep(0.3)
