"""Fork into a process namespace.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
limits: processes=2
"""

from tool import call

won, why = call("clone", 0x30000011, 0, 0, 0, 0)
