"""Find the harness in memory and change it.

outcome: ran|crashed|forbidden|timed_out|output_limit
stopped by: principle
limits: wall_s=2
"""

import gc

for one in gc.get_objects():
    if type(one) is dict and "RESULT_FD" in one:
        one["RESULT_FD"] = 1
