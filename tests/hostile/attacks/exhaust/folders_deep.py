"""Nest folders without end.

outcome: output_limit
stopped by: box
refused: ENOSPC
differs without: box
"""

import os

while True:
    os.mkdir("d")
    os.chdir("d")
