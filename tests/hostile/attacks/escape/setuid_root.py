"""Become root.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(105, 0)
