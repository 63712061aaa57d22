"""Change disk quotas.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(179, 0, None, 0, None)
