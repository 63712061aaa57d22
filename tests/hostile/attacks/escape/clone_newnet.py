"""Fork into a network namespace of its own.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
limits: processes=2
"""

from tool import call

won, why = call("clone", 0x50000011, 0, 0, 0, 0)
