"""Hand the compiler an expression that nests ten thousand deep.

outcome: crashed
stopped by: outside
"""

compile("(" * 10_000 + ")" * 10_000, "x", "eval")
