"""Change which capabilities outlast an exec.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("prctl", 47, 4, 0, 0, 0)
