"""Open a TCP socket.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("socket", 2, 1, 0)
