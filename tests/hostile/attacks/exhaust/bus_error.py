"""Touch a mapped file after it was cut.

outcome: crashed
stopped by: outside
refused: SIGBUS
"""

import ctypes
import mmap

file = open("f", "w+b")
file.truncate(4096)
page = mmap.mmap(file.fileno(), 4096)
file.truncate(0)
page[0]
