"""Reach the session keyring.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
wins without: seccomp
says: operating system
"""

from tool import call

won, why = call("keyctl", 0, -3, 1)
