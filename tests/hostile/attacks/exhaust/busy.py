"""Loop for ever.

outcome: timed_out
stopped by: outside
limits: wall_s=1
says: limit
"""

while True:
    pass
