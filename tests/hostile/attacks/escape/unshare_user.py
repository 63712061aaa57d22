"""Leave for a user namespace of its own, to be root in it.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
wins without: seccomp
says: operating system
"""

from tool import call

won, why = call("unshare", 0x10000000)
