"""Leave a tensor whose every operation says true.

outcome: ran
stopped by: principle
refused: unsupported
wins without: principle
"""

import torch


class T(torch.Tensor):
    @classmethod
    def __torch_function__(cls, f, types, args=(), kwargs=None):
        return True


class Box:
    grad = torch.zeros(4).as_subclass(T)


x = Box()
