"""Hand the compiler a million terms.

outcome: out_of_memory
stopped by: outside
refused: oom | MemoryError
limits: wall_s=15 cpu_s=15 memory_mb=256
"""

eval("+".join(["1"] * 2_000_000))
