"""Watch shared folders for what neighbours open.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("inotify_init1", 0)
