"""Loop for ever, with time to spare on the wall clock.

outcome: timed_out
stopped by: outside
refused: cpu
limits: wall_s=20 cpu_s=0.5
says: processor time
"""

while True:
    pass
