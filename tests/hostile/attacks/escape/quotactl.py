"""Change disk quotas.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
differs without: seccomp
says: operating system
"""

from tool import call

won, why = call("quotactl", 0, None, 0, None)
