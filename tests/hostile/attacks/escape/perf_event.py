"""Count the processor's events, to time a neighbour.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
wins without: seccomp
says: operating system
"""

from tool import call
import ctypes
import struct

buffer = ctypes.create_string_buffer(struct.pack("<IIQQQQQ", 1, 112, 0, 0, 0, 0, 0x60), 112)
won, why = call("perf_event_open", buffer, 0, -1, -1, 0)
