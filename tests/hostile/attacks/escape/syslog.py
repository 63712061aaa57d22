"""Read the kernel's log.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
differs without: seccomp
says: operating system
"""

from tool import call
import ctypes

buffer = ctypes.create_string_buffer(64)
won, why = call("syslog", 3, buffer, 64)
