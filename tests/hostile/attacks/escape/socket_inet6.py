"""Open a TCP socket of version 6.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(41, 10, 1, 0)
