"""Work out a number of a hundred million digits.

outcome: timed_out
stopped by: outside
refused: wall
limits: wall_s=1
"""

x = 7 ** (10**9)
