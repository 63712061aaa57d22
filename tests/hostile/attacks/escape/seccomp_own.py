"""Load a filter of its own over ours.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(317, 1, 0, None)
