"""Leave when a value is read.

outcome: ran|crashed|out_of_memory
stopped by: principle
"""

class Box:
    def __getattr__(self, name):
        raise SystemExit(0)


x = Box()
