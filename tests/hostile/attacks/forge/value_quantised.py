"""Leave a quantised tensor.

outcome: ran|crashed|out_of_memory
stopped by: principle
"""

import torch


class Box:
    grad = torch.quantize_per_tensor(torch.zeros(4), 0.1, 0, torch.qint8)


x = Box()
