"""Declare a header of eight exabytes.

outcome: forbidden
stopped by: protocol
refused: header_too_large
"""

import os
import struct

from wire import frame, send

send(frame(b"J", b'{"error":null,"values":{"x.grad":{"kind":"tensor"},"won":{"kind":"plain","value":false},"why":{"kind":"plain","value":""}}}'), frame(b"T", struct.pack("<Q", 1 << 62) + b"{}"))
os._exit(0)
