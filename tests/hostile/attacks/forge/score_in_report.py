"""Add a score to the report.

outcome: forbidden
stopped by: protocol
refused: fields
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b'{"error":null,"values":{},"score":4.0,"outcome":"correct"}'), tensors({}))
os._exit(0)
