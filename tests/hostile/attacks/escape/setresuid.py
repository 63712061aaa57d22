"""Become root by all three ids.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(117, 0, 0, 0)
