"""Ask which file systems the kernel has.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(139, 3)
