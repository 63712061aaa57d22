"""Signal its own group, the fork server's.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("kill", 0, 0)
