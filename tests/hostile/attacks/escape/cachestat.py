"""Ask what a neighbour has read, by the page cache.

outcome: ran
stopped by: seccomp
refused: EPERM
differs without: seccomp
"""

from tool import call

won, why = call("cachestat", 0, None, None, 0)
