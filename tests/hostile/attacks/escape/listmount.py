"""List the mounts by id.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(458, None, None, 0, 0)
