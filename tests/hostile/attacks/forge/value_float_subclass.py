"""Leave numbers whose difference to anything is nought.

outcome: ran
stopped by: principle
refused: unsupported
wins without: principle
"""

class F(float):
    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__


class Box:
    grad = [F(1), F(2), F(3), F(4)]


x = Box()
