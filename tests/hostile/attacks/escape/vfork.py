"""Fork without copying.

outcome: ran
stopped by: seccomp
refused: EPERM
differs without: seccomp
limits: processes=2
"""

from tool import call

won, why = call("vfork")
