"""Add a rule to the ruleset.

outcome: ran
stopped by: seccomp
refused: EPERM
differs without: seccomp
"""

from tool import call

won, why = call("landlock_add_rule", 0, 1, None, 0)
