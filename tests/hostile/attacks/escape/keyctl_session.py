"""Reach the session keyring.

outcome: forbidden
stopped by: seccomp
wins without: seccomp
says: operating system
"""

from tool import call

won, why = call(250, 0, -3, 1)
