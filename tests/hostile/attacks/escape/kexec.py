"""Boot another kernel.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
says: operating system
"""

from tool import call

won, why = call("kexec_load", 0, 0, None, 0)
