"""Make a file of a terabyte without writing it.

outcome: ran
stopped by: rlimits
refused: EFBIG
wins without: rlimits
"""

from tool import word

try:
    open("sparse", "wb").truncate(1 << 40)
    won = True
except OSError as fault:
    won, why = False, word(fault)
