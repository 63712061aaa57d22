"""Skew the clock.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(159, None)
