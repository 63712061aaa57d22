"""Open a UNIX socket.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("socket", 1, 1, 0)
