"""Report an error and values at once.

outcome: forbidden
stopped by: protocol
refused: values beside an error
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b'{"error":{"type":"E","message":"","file":null,"line":null,"module":null,"errno":null},"values":{"x.grad":{"kind":"plain","value":1}}}'), tensors({}))
os._exit(0)
