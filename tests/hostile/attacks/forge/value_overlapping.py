"""Leave four elements that are one.

outcome: ran|crashed|out_of_memory
stopped by: principle
"""

import torch


class Box:
    grad = torch.zeros(1).as_strided((4,), (0,))


x = Box()
