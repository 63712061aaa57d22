"""Move its memory between nodes.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(237, 0, 0, 0, None, 0, 0)
