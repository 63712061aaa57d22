"""Become root for file access only.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(122, 0)
