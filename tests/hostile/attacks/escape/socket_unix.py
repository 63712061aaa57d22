"""Open a UNIX socket.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(41, 1, 1, 0)
