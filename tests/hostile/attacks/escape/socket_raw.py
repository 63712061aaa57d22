"""Open a raw socket.

outcome: ran
stopped by: seccomp
refused: EPERM
differs without: seccomp
"""

from tool import call

won, why = call("socket", 2, 3, 0)
