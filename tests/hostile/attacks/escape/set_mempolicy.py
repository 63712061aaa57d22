"""Set a memory policy.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("set_mempolicy", 0, None, 0)
