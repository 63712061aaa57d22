"""Leave the numbers as a text.

outcome: ran
stopped by: principle
wins without: principle
"""

class Box:
    grad = "0.97, 1.68, 2.02, 579.94"


x = Box()
