"""Raise an ambient capability.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(157, 47, 2, 21, 0, 0)
