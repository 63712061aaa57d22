"""Fill pipes, whose pages nobody counts.

outcome: ran
stopped by: rlimits
refused: EMFILE
wins without: rlimits
"""

import os

from tool import word

made = 0
try:
    while made < 200:
        reader, writer = os.pipe()
        os.write(writer, b"x" * 65536)
        made += 1
except OSError as fault:
    why = word(fault)
won = made == 200
