"""Read address nought.

outcome: crashed
stopped by: outside
refused: SIGSEGV
says: segmentation
"""

import ctypes

ctypes.string_at(0)
