"""Make a file of a terabyte without writing it.

outcome: ran
stopped by: rlimits
wins without: rlimits
"""

try:
    open("sparse", "wb").truncate(1 << 40)
    won = True
except OSError as fault:
    won, why = False, str(fault)
