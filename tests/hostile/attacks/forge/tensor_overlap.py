"""Let two tensors overlap.

outcome: forbidden
stopped by: protocol
refused: bad_offsets
"""

import os
import struct

from wire import frame, send

header = ('{"x.grad":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}').encode()
send(frame(b"J", b'{"error":null,"values":{"x.grad":{"kind":"tensor"},"won":{"kind":"plain","value":false},"why":{"kind":"plain","value":""}}}'))
send(frame(b"T", struct.pack("<Q", len(header)) + header + b"0" * 12))
os._exit(0)
