"""Leave a semaphore for a neighbour.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("semget", 0, 1, 0o1777)
