"""Recurse without end.

outcome: crashed
stopped by: outside
"""

def f():
    f()


f()
