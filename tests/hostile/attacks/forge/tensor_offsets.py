"""Point a tensor before its data.

outcome: forbidden
stopped by: protocol
refused: bad_offsets
"""

import os
import struct

from wire import frame, send

header = ('{"x.grad":{"dtype":"F32","shape":[4],"data_offsets":[-16,0]}}').encode()
send(frame(b"J", b'{"error":null,"values":{"x.grad":{"kind":"tensor"},"won":{"kind":"plain","value":false},"why":{"kind":"plain","value":""}}}'))
send(frame(b"T", struct.pack("<Q", len(header)) + header + b"0" * 16))
os._exit(0)
