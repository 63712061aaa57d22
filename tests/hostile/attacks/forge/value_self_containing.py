"""Leave a list that contains itself.

outcome: ran
stopped by: principle
refused: too_large
"""

class Box:
    grad = []


Box.grad.append(Box.grad)
x = Box()
