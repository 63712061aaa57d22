"""End with the exit code that says a part of ours failed.

outcome: crashed
stopped by: protocol
refused: exit 72
"""

import os

os._exit(72)
