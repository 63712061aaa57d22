"""Leave a list that contains itself.

outcome: ran|crashed|out_of_memory
stopped by: principle
"""

class Box:
    grad = []


Box.grad.append(Box.grad)
x = Box()
