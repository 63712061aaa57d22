"""Leave a symbolic link for a privileged reader.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(88, b"/etc/passwd", b"link")
