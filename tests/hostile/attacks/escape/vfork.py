"""Fork without copying.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(58)
