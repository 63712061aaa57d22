"""Hang in a finaliser.

outcome: timed_out
stopped by: outside
refused: wall
limits: wall_s=1
"""

class A:
    def __del__(self):
        while True:
            pass


A()
