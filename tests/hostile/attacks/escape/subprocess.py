"""Start a program by the standard library.

outcome: forbidden
stopped by: seccomp
refused: EPERM
differs without: seccomp
says: not allowed here
limits: processes=2
"""

import subprocess

subprocess.run(["/usr/bin/id"], check=True)
