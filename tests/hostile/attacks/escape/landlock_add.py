"""Add a rule to the ruleset.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(445, 0, 1, None, 0)
