"""Hide a NUL in a text.

outcome: forbidden
stopped by: protocol
refused: bad_text
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b'{"error":null,"values":{"x.grad":{"kind":"plain","value":"a\\u0000b"}}}'), tensors({}))
os._exit(0)
