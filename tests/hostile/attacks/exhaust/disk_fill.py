"""Fill the box.

outcome: output_limit
stopped by: box, rlimits
refused: ENOSPC
differs without: box, rlimits
limits: memory_mb=512
"""

open("big", "wb").write(b"x" * 100_000_000)
