"""Open a file by handle, past every folder's permissions.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
differs without: seccomp
says: operating system
"""

from tool import call

won, why = call("open_by_handle_at", -100, None, 0)
