"""Read the segment table of the processor.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
wins without: seccomp
says: operating system
"""

from tool import call
import ctypes

buffer = ctypes.create_string_buffer(64)
won, why = call("modify_ldt", 0, buffer, 16)
