"""Send a whole report and half a frame, close the channel and stay: as if the machine had killed it.

outcome: forbidden
stopped by: protocol
refused: half a frame
"""

import os
import time

from wire import frame, report, send, tensors

send(report({}), tensors({}), frame(b"J", b"{}")[:6])
os.close(4)
time.sleep(30)
