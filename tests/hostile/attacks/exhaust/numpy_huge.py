"""Ask numpy for eight terabytes.

outcome: out_of_memory
stopped by: rlimits
limits: memory_mb=128
"""

import numpy

x = numpy.ones(10**12)
