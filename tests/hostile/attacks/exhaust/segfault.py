"""Read address nought.

outcome: crashed
stopped by: outside
says: segmentation
"""

import ctypes

ctypes.string_at(0)
