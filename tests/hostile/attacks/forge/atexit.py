"""Write a score at exit, after ours.

outcome: ran
stopped by: principle
wins without: principle
"""

import atexit
import os

atexit.register(os.write, 4, b'{"score": 4.0}')
