"""Join the root group.

outcome: ran
stopped by: seccomp
refused: EPERM
differs without: seccomp
"""

from tool import call

won, why = call("setgid", 0)
