"""Change the clock.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(164, None, None)
