"""Send frames without end.

outcome: forbidden|output_limit
stopped by: protocol
"""

from wire import frame, send

while True:
    send(frame(b"J", b"{}") * 1000)
