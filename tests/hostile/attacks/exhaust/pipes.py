"""Fill pipes, whose pages nobody counts.

outcome: ran
stopped by: rlimits
wins without: rlimits
"""

import os

made = 0
try:
    while made < 100:
        reader, writer = os.pipe()
        os.write(writer, b"x" * 65536)
        made += 1
except OSError as fault:
    why = str(fault)
won = made > 40
