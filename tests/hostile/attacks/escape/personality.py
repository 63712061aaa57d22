"""Turn off address randomisation for what follows.

outcome: forbidden
stopped by: seccomp
wins without: seccomp
says: operating system
"""

from tool import call

won, why = call(135, 0x40000)
