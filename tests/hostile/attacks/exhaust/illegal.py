"""Run an illegal instruction.

outcome: crashed
stopped by: outside
refused: SIGILL
"""

import ctypes
import mmap

page = mmap.mmap(-1, 4096, prot=7)
page.write(b"\x0f\x0b")
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
