"""Leave when a value is read.

outcome: crashed
stopped by: principle
refused: exit 72
wins without: principle
"""

class Box:
    def __getattr__(self, name):
        raise SystemExit(0)


x = Box()
