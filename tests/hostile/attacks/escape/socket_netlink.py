"""Ask the kernel about the network.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("socket", 16, 3, 0)
