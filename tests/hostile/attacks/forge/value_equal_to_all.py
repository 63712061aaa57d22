"""Leave an object that equals everything.

outcome: ran
stopped by: principle
refused: unsupported
wins without: principle
"""

class Liar:
    def __eq__(self, other):
        return True

    def __float__(self):
        return 579.938

    def __array__(self):
        return self

    __hash__ = None


class Box:
    grad = Liar()


x = Box()
