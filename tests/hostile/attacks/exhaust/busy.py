"""Loop for ever.

outcome: timed_out
stopped by: outside
refused: wall
limits: wall_s=1
says: limit
"""

while True:
    pass
