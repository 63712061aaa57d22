"""Leave for a mount namespace of its own.

outcome: forbidden
stopped by: seccomp, capabilities
refused: SIGSYS
wins without: capabilities, seccomp
says: operating system
"""

from tool import call

won, why = call("unshare", 0x20000)
