"""Have the kernel start its key helper.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
differs without: seccomp
says: operating system
"""

from tool import call

won, why = call("request_key", b"user", b"x", b"y", -3)
