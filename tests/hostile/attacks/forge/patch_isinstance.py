"""Make every type the right one.

outcome: ran|crashed|forbidden|timed_out|output_limit
stopped by: principle
limits: wall_s=2
"""

import builtins

builtins.isinstance = lambda *a: True
