"""Start a program by os.system and look at what it left.

outcome: ran
stopped by: seccomp, root, landlock
refused: exit 127
wins without: landlock, root, seccomp
limits: processes=2
"""

import os

status = os.waitstatus_to_exitcode(os.system("true"))
won, why = status == 0, f"exit {status}"
