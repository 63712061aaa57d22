"""Leave a view of a trillion elements over one.

outcome: ran
stopped by: principle
refused: too_large
"""

import torch


class Box:
    grad = torch.ones(1).expand(10**12)


x = Box()
