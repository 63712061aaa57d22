"""Recurse past the stack.

outcome: crashed|out_of_memory
stopped by: outside
refused: SIGSEGV | oom
limits: wall_s=8 cpu_s=8
"""

import sys

sys.setrecursionlimit(10**9)


class A:
    def __getattr__(self, name):
        return getattr(self, name + "x")


repr_of = lambda n: repr([n]) if n else ""
x = []
for _ in range(2 * 10**5):
    x = [x]
repr(x)
