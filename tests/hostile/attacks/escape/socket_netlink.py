"""Ask the kernel about the network.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(41, 16, 3, 0)
