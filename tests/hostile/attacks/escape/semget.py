"""Leave a semaphore for a neighbour.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(64, 0, 1, 0o1777)
