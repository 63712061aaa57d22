"""Recurse without end.

outcome: crashed
stopped by: outside
refused: RecursionError
"""

def f():
    f()


f()
