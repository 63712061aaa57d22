"""Turn cookies into paths.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(212, 0, None, 0)
