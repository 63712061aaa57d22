"""Leave a symbolic link for a privileged reader.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("symlink", b"/etc/passwd", b"link")
