"""Leave a shared memory segment for a neighbour.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(29, 0, 4096, 0o1777)
