"""Make more threads than allowed.

outcome: ran
stopped by: rlimits, cgroup
refused: RuntimeError
wins without: cgroup, rlimits
"""

import threading
import time

made = 0
try:
    while made < 60:
        threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
        made += 1
except RuntimeError as fault:
    why = type(fault).__name__
won = made > 16
