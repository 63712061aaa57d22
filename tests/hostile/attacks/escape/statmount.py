"""List the mounts.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(457, None, None, 0, 0)
