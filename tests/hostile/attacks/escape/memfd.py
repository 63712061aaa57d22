"""Make a file in memory that may be executed.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(319, b"x", 0)
