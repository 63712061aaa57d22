"""Mount a file system over the box.

outcome: forbidden
stopped by: seccomp, capabilities, landlock
refused: SIGSYS
wins without: capabilities, landlock, seccomp
says: operating system
"""

from tool import call

won, why = call("mount", b"none", b"/home/student", b"tmpfs", 0, None)
