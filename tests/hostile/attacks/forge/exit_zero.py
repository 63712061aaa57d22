"""Leave with status 0 before anything is read.

outcome: crashed
stopped by: principle
refused: exit 0
wins without: principle
"""

import os

os._exit(0)
