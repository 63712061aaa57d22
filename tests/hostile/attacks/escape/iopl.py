"""Ask for the processor's input and output ports.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(172, 3)
