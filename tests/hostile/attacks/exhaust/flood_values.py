"""Leave a list of ten million numbers.

outcome: ran
stopped by: outside
"""

class Box:
    grad = list(range(10**6))


x = Box()
