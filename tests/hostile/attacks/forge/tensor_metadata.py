"""Hide metadata in the header.

outcome: forbidden
stopped by: protocol
refused: bad_entry
"""

import os
import struct

from wire import frame, send

header = ('{"__metadata__":{"a":"b"},"x.grad":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}').encode()
send(frame(b"J", b'{"error":null,"values":{"x.grad":{"kind":"tensor"},"won":{"kind":"plain","value":false},"why":{"kind":"plain","value":""}}}'))
send(frame(b"T", struct.pack("<Q", len(header)) + header + b"0" * 16))
os._exit(0)
