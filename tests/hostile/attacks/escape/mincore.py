"""Ask what a neighbour has read, by resident pages.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(27, 0, 0, None)
