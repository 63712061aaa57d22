"""Hang when the interpreter ends.

outcome: ran
stopped by: principle
differs without: principle
"""

import atexit
import time

atexit.register(time.sleep, 10**6)
