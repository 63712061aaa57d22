"""Print without end.

outcome: output_limit
stopped by: outside
refused: output
limits: wall_s=3
says: printed more
"""

while True:
    print("x" * 1000)
