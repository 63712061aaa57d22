"""Hold a process by descriptor.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(434, 1, 0)
