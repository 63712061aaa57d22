"""Fill the report up to its cap with brackets.

outcome: forbidden|timed_out|output_limit
stopped by: protocol
limits: wall_s=3
"""

from wire import frame, send

send(frame(b"J", b"[" * 1_900_000))
while True:
    pass
