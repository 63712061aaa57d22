"""Leave a key for a neighbour to find.

outcome: forbidden
stopped by: seccomp
wins without: seccomp
says: operating system
"""

from tool import call

won, why = call(248, b"user", b"x", b"y", 1, -3)
