"""Write a report at exit, after ours.

outcome: ran
stopped by: outside
"""

import atexit
import os

atexit.register(os.write, 4, b"XGJ\0\2\0\0\0{}")
