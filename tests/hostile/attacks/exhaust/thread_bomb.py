"""Make more threads than allowed.

outcome: ran
stopped by: rlimits, cgroup
wins without: rlimits, cgroup
"""

import threading
import time

made = 0
try:
    while made < 60:
        threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
        made += 1
except RuntimeError as fault:
    why = str(fault)
won = made > 16
