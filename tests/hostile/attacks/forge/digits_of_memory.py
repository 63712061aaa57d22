"""Run out of memory in digits that are not numbers, to break what reads the message.

outcome: out_of_memory
stopped by: protocol
refused: MemoryError
"""

raise MemoryError("can't allocate memory: you tried to allocate \u00b2\u00b2 \u0be7\u0be7 bytes")
