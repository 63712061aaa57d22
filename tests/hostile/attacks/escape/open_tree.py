"""Clone the mount tree by descriptor.

outcome: forbidden
stopped by: seccomp, capabilities
refused: SIGSYS
wins without: capabilities, seccomp
says: operating system
"""

from tool import call

won, why = call("open_tree", -100, b"/", 0x88001)
