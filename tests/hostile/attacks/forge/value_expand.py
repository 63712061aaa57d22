"""Leave a view of a trillion elements over one.

outcome: ran|crashed|out_of_memory
stopped by: principle
"""

import torch


class Box:
    grad = torch.ones(1).expand(10**12)


x = Box()
