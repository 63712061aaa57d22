"""Hide TIOCSTI in the upper half of an argument.

outcome: ran
stopped by: seccomp
refused: EPERM
differs without: seccomp
"""

import ctypes

from tool import call

won, why = call("ioctl", 0, (1 << 32) | 0x5412, ctypes.create_string_buffer(b"x"))
