"""Signal its own group, the fork server's.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(62, 0, 0)
