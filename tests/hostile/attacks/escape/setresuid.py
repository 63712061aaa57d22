"""Become root by all three ids.

outcome: ran
stopped by: seccomp
refused: EPERM
differs without: seccomp
"""

from tool import call

won, why = call("setresuid", 0, 0, 0)
