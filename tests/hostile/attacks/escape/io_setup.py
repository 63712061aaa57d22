"""Use the old asynchronous interface.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(206, 1, None)
