"""Fill the box with files that have no name.

outcome: output_limit
stopped by: box
refused: ENOSPC
differs without: box
"""

import os

kept = []
while True:
    file = open("x", "wb")
    os.unlink("x")
    file.write(b"x" * 1_000_000)
    file.flush()
    kept.append(file)
