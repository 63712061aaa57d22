"""Loop for ever inside one C call.

outcome: timed_out
stopped by: outside
refused: wall
limits: wall_s=1
"""

sum(range(10**13))
