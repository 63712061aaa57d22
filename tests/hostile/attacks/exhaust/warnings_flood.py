"""Warn without end.

outcome: output_limit
stopped by: outside
refused: output
limits: wall_s=3
"""

import sys
import warnings

warnings.simplefilter("always")
while True:
    warnings.warn("x" * 1000)
