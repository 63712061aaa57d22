"""Change what the grader knows, from a profiler.

outcome: ran
stopped by: principle
wins without: principle
"""

import sys

import torch

x = torch.zeros(4, requires_grad=True)
x.grad = torch.zeros(4)


def profile(frame, event, argument):
    if "EXPECTED" in frame.f_globals:
        frame.f_globals["EXPECTED"] = [0.0] * 4


sys.setprofile(profile)
