"""Load a kernel module.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
says: operating system
"""

from tool import call

won, why = call("init_module", None, 0, b"")
