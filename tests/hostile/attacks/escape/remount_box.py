"""Remount the box with programs allowed.

outcome: forbidden
stopped by: seccomp, capabilities, landlock
refused: SIGSYS
wins without: capabilities, landlock, seccomp
"""

from tool import call

won, why = call("mount", None, b"/home/student", None, 32, None)
