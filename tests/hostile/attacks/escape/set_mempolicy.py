"""Set a memory policy.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(238, 0, None, 0)
