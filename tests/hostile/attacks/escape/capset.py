"""Set capabilities.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(126, None, None)
