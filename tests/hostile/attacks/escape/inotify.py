"""Watch shared folders for what neighbours open.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(294, 0)
