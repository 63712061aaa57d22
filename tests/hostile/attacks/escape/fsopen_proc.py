"""Open a fresh /proc by the new mount interface.

outcome: forbidden
stopped by: seccomp
wins without: seccomp, capabilities
says: operating system
"""

from tool import call

won, why = call(430, b"proc", 0)
