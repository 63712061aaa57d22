"""Ask what a neighbour has read, by resident pages.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("mincore", 0, 0, None)
