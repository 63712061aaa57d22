"""Call through the x32 interface, which numbers calls otherwise.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
differs without: seccomp
says: operating system
"""

from tool import call

won, why = call(1073741863)
