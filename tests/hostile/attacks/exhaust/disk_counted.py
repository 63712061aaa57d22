"""Write more than the box holds.

outcome: ran
stopped by: box, rlimits
refused: ENOSPC
wins without: box, rlimits
limits: memory_mb=512
"""

from tool import word

try:
    with open("big", "wb") as file:
        for _ in range(100):
            file.write(b"x" * 1_000_000)
    won = True
except OSError as fault:
    won, why = False, word(fault)
