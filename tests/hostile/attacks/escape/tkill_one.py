"""Signal a thread without naming its process.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("tkill", 1, 0)
