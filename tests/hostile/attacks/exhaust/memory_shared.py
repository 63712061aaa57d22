"""Fill shared memory, which no process owns.

outcome: out_of_memory
stopped by: cgroup, rlimits
refused: oom | OSError | ENOMEM
limits: memory_mb=64
"""

import mmap

kept = []
while True:
    page = mmap.mmap(-1, 8 << 20)
    page.write(b"x" * (8 << 20))
    kept.append(page)
