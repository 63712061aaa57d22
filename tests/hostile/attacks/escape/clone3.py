"""Fork by clone3, whose flags a filter cannot see.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

import ctypes
import os
import struct

from tool import libc

flags = ctypes.create_string_buffer(struct.pack("<8Q", 0x10000000, 0, 0, 0, 17, 0, 0, 0), 64)
pid = libc.syscall(435, flags, 64)
if pid == 0:
    os._exit(0)
won = pid > 0
why = "" if won else os.strerror(ctypes.get_errno())
