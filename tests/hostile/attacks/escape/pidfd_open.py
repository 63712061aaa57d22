"""Hold a process by descriptor.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("pidfd_open", 1, 0)
