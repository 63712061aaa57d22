"""Turn off address randomisation for what follows.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
wins without: seccomp
says: operating system
"""

from tool import call

won, why = call("personality", 0x40000)
