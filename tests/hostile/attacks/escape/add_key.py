"""Leave a key for a neighbour to find.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
wins without: seccomp
says: operating system
"""

from tool import call

won, why = call("add_key", b"user", b"x", b"y", 1, -3)
