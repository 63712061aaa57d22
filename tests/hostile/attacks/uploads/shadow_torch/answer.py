"""Bring a torch of its own.

outcome: ran
stopped by: outside
"""

import torch

won = not hasattr(torch, "Tensor")
