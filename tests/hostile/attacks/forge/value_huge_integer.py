"""Leave integers that no dtype holds, to break the comparison.

outcome: ran
stopped by: protocol
"""


class Holder:
    grad = [2**1023, -(2**1023), 10**300, 2**64]


x = Holder()
