"""Leave the numbers as a text.

outcome: ran|crashed|out_of_memory
stopped by: principle
"""

class Box:
    grad = "0.9673, 1.6824, 2.0190, 579.9380"


x = Box()
