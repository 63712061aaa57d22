"""Leave a quantised tensor.

outcome: ran
stopped by: principle
refused: unsupported
"""

import torch


class Box:
    grad = torch.quantize_per_tensor(torch.zeros(4), 0.1, 0, torch.qint8)


x = Box()
