"""Work out a number of a hundred million digits.

outcome: timed_out|out_of_memory
stopped by: outside
limits: wall_s=1
"""

x = 7 ** (10**9)
