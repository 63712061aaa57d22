"""Leave processes that nobody buries.

outcome: ran
stopped by: outside
"""

import os

for _ in range(10):
    if os.fork() == 0:
        os._exit(0)
