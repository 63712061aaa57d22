"""Open a Bluetooth socket.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(41, 31, 3, 0)
