"""Use the old asynchronous interface.

outcome: ran
stopped by: seccomp
refused: EPERM
differs without: seccomp
"""

from tool import call

won, why = call("io_setup", 1, None)
