"""Fill memory bit by bit.

outcome: out_of_memory
stopped by: cgroup
limits: memory_mb=64
says: MB
"""

kept = []
while True:
    kept.append(bytearray(b"x" * 1_000_000))
