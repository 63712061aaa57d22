"""Signal a thread without naming its process.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(200, 1, 0)
