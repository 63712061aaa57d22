"""Leave a thread that never ends.

outcome: ran
stopped by: principle
differs without: principle
"""

import threading
import time

threading.Thread(target=time.sleep, args=(10**6,)).start()
