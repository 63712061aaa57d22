"""Send bytes that are no text.

outcome: forbidden
stopped by: protocol
refused: not_utf8
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b'{"error":null,"values":\xff\xfe}'), tensors({}))
os._exit(0)
