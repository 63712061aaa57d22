"""Leave a tensor without data.

outcome: ran
stopped by: principle
refused: unsupported
"""

import torch


class Box:
    grad = torch.zeros(4, device="meta")


x = Box()
