"""Bring a torch of its own, which agrees with everything.

outcome: ran
stopped by: principle
wins without: principle
"""


class Box:
    grad = 0


x = Box()
