"""Predict a neighbour's random numbers: all children share one state.

outcome: ran
stopped by: principle
"""

import random

random.seed(7)
won = False
