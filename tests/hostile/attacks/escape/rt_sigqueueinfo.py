"""Send a forged signal.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

import ctypes
import os
import struct

from tool import call


forged = ctypes.create_string_buffer(struct.pack("<iii", 0, 0, -1), 128)
won, why = call("rt_sigqueueinfo", os.getpid(), 0, forged)
