"""Ask for the processor's input and output ports.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
differs without: seccomp
says: operating system
"""

from tool import call

won, why = call("iopl", 3)
