"""Read the libraries through, to have the machine's cached pages counted as its own and run out.

outcome: ran
stopped by: cgroup
limits: memory_mb=64
"""

import os
from pathlib import Path

import torch

place = Path(torch.__file__).parent / "lib" / "libtorch_cpu.so"
file = os.open(place, os.O_RDONLY)
buffer = bytearray(1 << 20)
while os.readv(file, [buffer]):
    pass
won = False
