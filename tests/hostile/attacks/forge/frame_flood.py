"""Send frames without end.

outcome: forbidden
stopped by: protocol
refused: trailing_frame
"""

from wire import frame, send

while True:
    send(frame(b"J", b"{}") * 1000)
