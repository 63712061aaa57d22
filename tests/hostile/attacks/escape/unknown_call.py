"""Call a number that no kernel knows.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(999)
