"""Leave a list of ten million numbers.

outcome: ran
stopped by: outside
refused: too_large
"""

class Box:
    grad = list(range(10**6))


x = Box()
