"""Switch the filter off.

outcome: ran
stopped by: seccomp
refused: EPERM
differs without: seccomp
"""

from tool import call

won, why = call("prctl", 22, 0, 0, 0, 0)
