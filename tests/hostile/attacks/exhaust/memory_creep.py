"""Fill memory bit by bit.

outcome: out_of_memory
stopped by: cgroup, rlimits
refused: oom | MemoryError
wins without: cgroup, rlimits
limits: memory_mb=64
says: MB
"""

kept = []
while len(kept) < 300:
    kept.append(bytearray(b"x" * 1_000_000))
won = True
