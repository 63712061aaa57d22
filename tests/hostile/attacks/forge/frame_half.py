"""Send half a frame and leave.

outcome: crashed
stopped by: protocol
refused: exit 0
"""

import os

from wire import send

send(b"XGJ\0\xff\0\0\0{")
os._exit(0)
