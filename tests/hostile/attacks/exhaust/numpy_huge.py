"""Ask for four gigabytes of numpy, to touch them later.

outcome: out_of_memory
stopped by: rlimits
refused: MemoryError
wins without: rlimits
limits: memory_mb=128
says: limit is
"""

import numpy

x = numpy.empty(5 * 10**8)
won = True
