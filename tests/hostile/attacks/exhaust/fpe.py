"""Divide by nought in the processor.

outcome: crashed
stopped by: outside
refused: SIGFPE
"""

import ctypes
import mmap

page = mmap.mmap(-1, 4096, prot=7)
page.write(b"\x31\xc9\xb8\x01\x00\x00\x00\x99\xf7\xf9\xc3")
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
