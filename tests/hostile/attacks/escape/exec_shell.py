"""Start a shell.

outcome: forbidden
stopped by: seccomp
refused: EPERM
differs without: seccomp
says: not allowed here
"""

import os

os.execv("/bin/sh", ["sh", "-c", "id"])
