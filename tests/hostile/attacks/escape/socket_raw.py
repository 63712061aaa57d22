"""Open a raw socket.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(41, 2, 3, 0)
