"""Send nothing for a report.

outcome: forbidden
stopped by: protocol
refused: not_json
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b""), tensors({}))
os._exit(0)
