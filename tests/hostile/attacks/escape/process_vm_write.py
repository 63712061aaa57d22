"""Write another process's memory.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
wins without: seccomp
limits: processes=2
"""

import ctypes
import os
import struct
import time

from tool import call

call("prctl", 4, 1, 0, 0, 0)  # let itself be inspected
text = ctypes.create_string_buffer(b"neighbour", 16)
pid = os.fork()
if pid == 0:
    time.sleep(5)
    os._exit(0)
mine = ctypes.create_string_buffer(16)
here = ctypes.create_string_buffer(struct.pack("<QQ", ctypes.addressof(mine), 8), 16)
there = ctypes.create_string_buffer(struct.pack("<QQ", ctypes.addressof(text), 8), 16)
won, why = call("process_vm_writev", pid, here, 1, there, 1, 0)
