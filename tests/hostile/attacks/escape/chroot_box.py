"""Change the root, to climb out of it afterwards.

outcome: forbidden
stopped by: seccomp, capabilities
refused: SIGSYS
wins without: capabilities, seccomp
says: operating system
"""

from tool import call

won, why = call("chroot", b"/home/student")
