"""Leave its session.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(112)
