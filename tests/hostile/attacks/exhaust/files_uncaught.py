"""Open files without end, and let the refusal end it.

outcome: file_limit
stopped by: rlimits
refused: EMFILE
differs without: rlimits
says: files open at once
"""

import os

for _ in range(400):
    os.open("/dev/null", os.O_RDONLY)
