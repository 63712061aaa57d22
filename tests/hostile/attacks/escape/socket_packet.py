"""Open a raw packet socket.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(41, 17, 3, 0)
