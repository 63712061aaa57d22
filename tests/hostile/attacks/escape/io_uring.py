"""Set up a ring that does system calls past the filter.

outcome: forbidden
stopped by: seccomp
wins without: seccomp, rlimits
says: operating system
"""

from tool import call
import ctypes

buffer = ctypes.create_string_buffer(160)
won, why = call(425, 4, buffer)
