"""Send a frame of an unknown kind.

outcome: forbidden
stopped by: protocol
refused: bad_kind
"""

from wire import frame, send

send(frame(b"P", b"cos\nsystem\n(S'id'\ntR."))
