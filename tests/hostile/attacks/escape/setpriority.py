"""Take the processor before everyone else.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(141, 0, 0, -20)
