"""Give a file to root.

outcome: ran
stopped by: seccomp
refused: EPERM
differs without: seccomp
"""

from tool import call

won, why = call("chown", b".", 0, 0)
