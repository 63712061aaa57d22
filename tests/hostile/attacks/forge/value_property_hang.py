"""Hang when a value is read.

outcome: timed_out
stopped by: outside
refused: wall
limits: wall_s=1
"""

class Box:
    @property
    def grad(self):
        while True:
            pass


x = Box()
