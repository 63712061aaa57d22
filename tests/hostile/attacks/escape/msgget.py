"""Leave a message queue for a neighbour.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("msgget", 0, 0o1777)
