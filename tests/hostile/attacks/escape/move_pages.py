"""Ask where pages of a process lie.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(279, 0, 0, None, None, None, 0)
