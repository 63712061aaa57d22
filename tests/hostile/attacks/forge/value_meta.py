"""Leave a tensor without data.

outcome: ran|crashed|out_of_memory
stopped by: principle
"""

import torch


class Box:
    grad = torch.zeros(4, device="meta")


x = Box()
