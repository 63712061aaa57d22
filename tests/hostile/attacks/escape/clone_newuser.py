"""Fork straight into a user namespace.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
limits: processes=2
"""

from tool import call

won, why = call("clone", 0x10000011, 0, 0, 0, 0)
