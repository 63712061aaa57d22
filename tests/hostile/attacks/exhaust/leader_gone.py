"""End the first thread alone, and burn on in another.

outcome: timed_out
stopped by: outside
refused: cpu | wall
limits: wall_s=3 cpu_s=1
"""

from tool import call
import threading


def burn():
    while True:
        pass


threading.Thread(target=burn).start()
call("exit", 0)
