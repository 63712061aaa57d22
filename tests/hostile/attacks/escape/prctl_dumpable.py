"""Let itself be inspected.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(157, 4, 1, 0, 0, 0)
