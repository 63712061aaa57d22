"""Nest folders without end.

outcome: output_limit|crashed
stopped by: box
"""

import os

while True:
    os.mkdir("d")
    os.chdir("d")
