"""Set up a ring that does system calls past the filter.

outcome: forbidden
stopped by: seccomp, rlimits
refused: SIGSYS
wins without: rlimits, seccomp
says: operating system
"""

from tool import call
import ctypes

buffer = ctypes.create_string_buffer(160)
won, why = call("io_uring_setup", 4, buffer)
