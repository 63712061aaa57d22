"""Hand the compiler a million terms.

outcome: crashed|out_of_memory|timed_out
stopped by: outside
limits: wall_s=3 memory_mb=256
"""

eval("+".join(["1"] * 2_000_000))
