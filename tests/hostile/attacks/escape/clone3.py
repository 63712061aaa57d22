"""Fork by clone3, whose flags a filter cannot see.

outcome: ran
stopped by: seccomp
refused: ENOSYS
wins without: seccomp
limits: processes=2
"""

import ctypes
import struct

from tool import call

flags = ctypes.create_string_buffer(struct.pack("<8Q", 0x10000000, 0, 0, 0, 17, 0, 0, 0), 64)
won, why = call("clone3", flags, 64)
