"""Send itself a forged signal.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(129, 1, 0, None)
