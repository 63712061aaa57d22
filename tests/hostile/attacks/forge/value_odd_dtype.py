"""Leave unsigned numbers that torch can hold and cannot compare.

outcome: ran
stopped by: protocol
"""

import torch


class Holder:
    grad = torch.tensor([1, 2, 3, 4]).to(torch.uint64)


x = Holder()
