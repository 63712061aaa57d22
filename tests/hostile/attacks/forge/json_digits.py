"""Give a number of five thousand digits.

outcome: forbidden
stopped by: protocol
refused: number_too_long
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b'{"error":null,"values":' + b"9" * 5000 + b"}"), tensors({}))
os._exit(0)
