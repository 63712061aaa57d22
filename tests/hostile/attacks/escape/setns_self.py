"""Join another namespace by descriptor.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
differs without: seccomp
says: operating system
"""

from tool import call

won, why = call("setns", 0, 0x10000000)
