"""Abort.

outcome: crashed
stopped by: outside
"""

import os

os.abort()
