"""Switch the filter off.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(157, 22, 0, 0, 0, 0)
