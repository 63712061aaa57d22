"""Abort.

outcome: crashed
stopped by: outside
refused: SIGSEGV
"""

import os

os.abort()
