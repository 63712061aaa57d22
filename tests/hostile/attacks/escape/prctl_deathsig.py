"""Outlive the fork server.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("prctl", 1, 0, 0, 0, 0)
