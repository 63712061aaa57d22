"""Change the clock by the newer call.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(227, 0, None)
