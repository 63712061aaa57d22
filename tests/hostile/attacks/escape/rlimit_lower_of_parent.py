"""Take a limit of another process away from it.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call


import ctypes
import struct

none = ctypes.create_string_buffer(struct.pack("<QQ", 1, 1))
won, why = call("prlimit64", 1, 7, none, None)
