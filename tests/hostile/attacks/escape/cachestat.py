"""Ask what a neighbour has read, by the page cache.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(451, 0, None, None, 0)
