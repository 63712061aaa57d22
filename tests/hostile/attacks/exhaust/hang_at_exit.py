"""Hang when the interpreter ends.

outcome: ran
stopped by: outside
"""

import atexit
import time

atexit.register(time.sleep, 10**6)
