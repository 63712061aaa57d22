"""Learn its process group.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(121, 0)
