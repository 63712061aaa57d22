"""Give a file to root.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(92, b".", 0, 0)
