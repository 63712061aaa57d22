"""Leave a second name for the assignment's file, to write to it by that.

outcome: ran
stopped by: seccomp
refused: EPERM
differs without: seccomp
given: own.csv
"""

from tool import call

won, why = call("link", b"own.csv", b"second.csv")
