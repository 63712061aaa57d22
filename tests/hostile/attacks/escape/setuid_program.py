"""Execute a program of the machine that has the set-user-id bit.

outcome: ran
stopped by: seccomp, landlock, root
refused: EPERM
wins without: landlock, root, seccomp
limits: processes=2
"""

from bait import SETUID
from tool import exec_of

won, why = exec_of([SETUID], [])
