"""Nest folders without end.

outcome: file_limit
stopped by: box
refused: EDQUOT
differs without: box
"""

import os

while True:
    os.mkdir("d")
    os.chdir("d")
