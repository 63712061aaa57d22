"""Leave with status 0 before anything is read.

outcome: crashed
stopped by: outside
"""

import os

os._exit(0)
