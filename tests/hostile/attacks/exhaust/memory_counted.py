"""Use more memory than allowed.

outcome: out_of_memory
stopped by: cgroup, rlimits
refused: oom | MemoryError
wins without: cgroup, rlimits
limits: memory_mb=64
"""

kept = b"x" * 300_000_000
won = True
