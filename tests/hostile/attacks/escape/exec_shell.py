"""Start a shell.

outcome: forbidden
stopped by: seccomp
says: not allowed here
"""

import os

os.execv("/bin/sh", ["sh", "-c", "id"])
