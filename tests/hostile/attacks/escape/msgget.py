"""Leave a message queue for a neighbour.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(68, 0, 0o1777)
