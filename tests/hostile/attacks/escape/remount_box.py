"""Remount the box with programs allowed.

outcome: forbidden
stopped by: seccomp
wins without: seccomp, capabilities, landlock
"""

from tool import call

won, why = call(165, None, b"/home/student", None, 32, None)
