"""Make more threads than allowed, and let the refusal end it.

outcome: thread_limit
stopped by: rlimits, cgroup
refused: RuntimeError
differs without: cgroup, rlimits
says: It may have 16 threads at once, and tried to start more
"""

import threading
import time

for _ in range(60):
    threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
