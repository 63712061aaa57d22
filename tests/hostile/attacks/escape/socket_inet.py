"""Open a TCP socket.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(41, 2, 1, 0)
