"""Call an obsolete alias.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(261, -100, b".", None)
