"""Cut memory into sixty thousand mappings in every process, to be slow to end.

outcome: timed_out
stopped by: outside
refused: wall
limits: wall_s=3 memory_mb=256 processes=16 threads=1
"""

import ctypes
import os
import time

libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
base = libc.mmap(None, 4096 * 60_000, 3, 0x22, -1, 0)
for place in range(base, base + 4096 * 60_000, 8192):
    if libc.mprotect(place, 4096, 1):
        break
for _ in range(14):
    try:
        if os.fork() == 0:
            time.sleep(60)
    except OSError:
        break
time.sleep(60)
