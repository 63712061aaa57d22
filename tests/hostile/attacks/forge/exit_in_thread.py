"""Leave from a thread.

outcome: crashed
stopped by: principle
refused: exit 0
wins without: principle
"""

import os
import threading
import time

threading.Thread(target=os._exit, args=(0,)).start()
time.sleep(3)
