"""Read the kernel's log.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call
import ctypes

buffer = ctypes.create_string_buffer(64)
won, why = call(103, 3, buffer, 64)
