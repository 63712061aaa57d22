"""Unpack a bomb in memory.

outcome: out_of_memory
stopped by: cgroup, rlimits
refused: oom | MemoryError
limits: memory_mb=128 wall_s=8
"""

import zlib

small = zlib.compress(b"0" * 10_000_000)
kept = [zlib.decompress(small) for _ in range(500)]
