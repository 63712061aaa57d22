"""Open a socket to the hypervisor, which no namespace holds.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("socket", 40, 1, 0)
