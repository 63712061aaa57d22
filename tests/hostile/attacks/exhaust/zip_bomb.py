"""Unpack a bomb in memory.

outcome: out_of_memory|timed_out
stopped by: outside
limits: memory_mb=128 wall_s=3
"""

import zlib

small = zlib.compress(b"0" * 100_000_000)
kept = [zlib.decompress(small) for _ in range(50)]
