"""Move its own argument strings.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(157, 35, 8, 0, 0, 0)
