"""Mount a file system over the box.

outcome: forbidden
stopped by: seccomp
wins without: seccomp, capabilities, landlock
says: operating system
"""

from tool import call

won, why = call(165, b"none", b"/home/student", b"tmpfs", 0, None)
