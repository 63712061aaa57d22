"""Open a file by handle, past every folder's permissions.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(304, -100, None, 0)
